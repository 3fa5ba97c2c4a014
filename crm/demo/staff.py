"""The demo's desk: seven managers and two leads in two teams, and one admin without a team who keeps the accounts."""

from dataclasses import astuple, dataclass

from crm.demo.chance import dice

COLUMNS = ("email", "name", "role", "team", "languages", "time_zone", "locale")


@dataclass(frozen=True)
class Member:
    """One row of managers.csv; languages are separated by semicolons."""

    email: str
    name: str
    role: str
    team: str
    languages: str
    time_zone: str
    locale: str = "en"

    def speaks(self, language: str) -> bool:
        return language in self.languages.split(";")


LIN = Member("lin.yifan@demo.example", "Lin Yifan", "lead", "East", "zh;en", "Asia/Shanghai", "zh")
CHEN = Member("chen.xinyu@demo.example", "Chen Xinyu", "manager", "East", "zh;en", "Asia/Shanghai", "zh")
GUO = Member("guo.manting@demo.example", "Guo Manting", "manager", "East", "zh;en;ms", "Asia/Singapore", "zh")
TANABE = Member("aiko.tanabe@demo.example", "Aiko Tanabe", "manager", "East", "ja;en;zh;ko", "Asia/Tokyo")
HOANG = Member("hoang.minh.chau@demo.example", "Hoàng Minh Châu", "manager", "East", "vi;en;th;id", "Asia/Ho_Chi_Minh")
HADDAD = Member("samira.haddad@demo.example", "Samira Haddad", "lead", "West", "en;ar;fr", "Asia/Dubai")
DVORAK = Member("marek.dvorak@demo.example", "Marek Dvořák", "manager", "West", "en;cs;de;pl;ru", "Europe/Prague")
FERREIRA = Member("lucia.ferreira@demo.example", "Lúcia Ferreira", "manager", "West", "pt;es;en", "America/Sao_Paulo")
BOATENG = Member("kwame.boateng@demo.example", "Kwame Boateng", "manager", "West", "en;fr;tr;hi", "Europe/London")
ADMIN = Member("ada.lindqvist@demo.example", "Ada Lindqvist", "admin", "", "en;sv", "Europe/Stockholm")

MANAGERS = (CHEN, GUO, TANABE, HOANG, DVORAK, FERREIRA, BOATENG)
LEADS = (LIN, HADDAD)
STAFF = (*LEADS, *MANAGERS, ADMIN)
_EAST = ("CN", "HK", "TW", "SG", "JP", "KR", "VN", "TH", "ID", "MY")
_LEADS_SHARE = 0.02


def rows() -> list[tuple[str, ...]]:
    return [astuple(member) for member in STAFF]


def look_after(seed: int, uid: str, country: str, language: str) -> Member:
    """Somebody of the right half of the world who speaks the client's language; the leads keep a few themselves."""
    random = dice(seed, "manager", uid)
    east = country in _EAST
    if random.random() < _LEADS_SHARE:
        return LIN if east else HADDAD
    team = [member for member in MANAGERS if (member.team == "East") == east]
    speakers = [member for member in team if member.speaks(language)]
    return random.choice(speakers if language != "en" and speakers else team)


def stand_in(seed: int, uid: str, primary: Member) -> Member | None:
    """The backup, a colleague of the same team; one client in four has none."""
    random = dice(seed, "backup", uid)
    colleagues = [member for member in MANAGERS if member.team == primary.team and member != primary]
    return random.choice([*colleagues, None])
