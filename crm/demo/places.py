"""The 25 countries of the demo's clients: their zone, language and share, and telephone numbers that nobody answers."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Place:
    """`phone` is a prefix of reserved or never-allotted looking numbers, `digits` what is missing to a whole one."""

    country: str
    language: str
    time_zone: str
    culture: str
    share: float
    phone: str
    digits: int = 3

    def number(self, random: Random) -> str:
        return f"{self.phone}{random.randrange(1, 10**self.digits):0{self.digits}d}"


PLACES = (
    Place("CN", "zh", "Asia/Shanghai", "zh", 15, "+861380000", 4),
    Place("HK", "zh", "Asia/Hong_Kong", "zh", 14, "+8525100", 4),
    Place("TW", "zh", "Asia/Taipei", "zh", 7, "+886900000"),
    Place("SG", "en", "Asia/Singapore", "zh", 8, "+6581000"),
    Place("JP", "ja", "Asia/Tokyo", "ja", 4, "+81901000", 4),
    Place("KR", "ko", "Asia/Seoul", "ko", 5, "+82101000", 4),
    Place("VN", "vi", "Asia/Ho_Chi_Minh", "vi", 6, "+8490000", 4),
    Place("TH", "th", "Asia/Bangkok", "th", 3, "+66800000"),
    Place("ID", "id", "Asia/Jakarta", "id", 3, "+6281000000"),
    Place("MY", "en", "Asia/Kuala_Lumpur", "zh", 3, "+60120000"),
    Place("IN", "en", "Asia/Kolkata", "in", 3, "+917000000"),
    Place("AE", "ar", "Asia/Dubai", "ar", 5, "+971500000"),
    Place("TR", "tr", "Europe/Istanbul", "tr", 4, "+905000000"),
    Place("KZ", "ru", "Asia/Almaty", "ru", 2, "+77010000"),
    Place("DE", "de", "Europe/Berlin", "de", 4, "+493023125"),
    Place("CH", "de", "Europe/Zurich", "de", 3, "+41780000"),
    Place("GB", "en", "Europe/London", "en", 5, "+447400000"),
    Place("FR", "fr", "Europe/Paris", "fr", 3, "+33600000"),
    Place("PL", "pl", "Europe/Warsaw", "pl", 2, "+48500000"),
    Place("CZ", "cs", "Europe/Prague", "cs", 2, "+420601000"),
    Place("ES", "es", "Europe/Madrid", "es", 3, "+34600000"),
    Place("BR", "pt", "America/Sao_Paulo", "pt", 4, "+5511910000"),
    Place("AR", "es", "America/Argentina/Buenos_Aires", "es", 3, "+549112000", 4),
    Place("MX", "es", "America/Mexico_City", "es", 3, "+52552000", 4),
    Place("AU", "en", "Australia/Sydney", "en", 3, "+61491570"),
)


def place(country: str) -> Place:
    return next(known for known in PLACES if known.country == country)
