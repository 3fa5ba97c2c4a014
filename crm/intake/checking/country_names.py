"""Names of countries beside the official English and Chinese ones: in their own languages, and as Chinese lists write them."""

# As babel tells them (tests/imports/test_words.py compares); to ask babel takes half a second and 70 MB.
OWN = """
AE الإمارات العربية المتحدة
AF افغانستان
AL Shqipëri
AM Հայաստան
AT Österreich
AX Åland
AZ Azərbaycan
BA Bosna i Hercegovina, Босна и Херцеговина
BD বাংলাদেশ
BE België, Belgique, Belgien
BG България
BH البحرين
BI Uburundi
BR Brasil
BT འབྲུག
BY Беларусь
CF Ködörösêse tî Bêafrîka, République centrafricaine
CH Schweiz, Schwiiz, Suisse, Svizzera
CM Cameroun
CV Cabo Verde
CW Kòrsou
CY Κύπρος, Kıbrıs
CZ Česko
DE Deutschland
DK Danmark
DO República Dominicana
DZ الجزائر, Algérie
EE Eesti
EG مصر
EH الصحراء الغربية
ER ኤርትራ
ES España
ET ኢትዮጵያ
FI Suomi
FO Føroyar
GE საქართველო
GF Guyane française
GL Kalaallit Nunaat
GN Guinée
GQ Guinea Ecuatorial, Guinée équatoriale
GR Ελλάδα
GW Guiné-Bissau
HR Hrvatska
HU Magyarország
IE Éire
IL ישראל, إسرائيل
IN भारत
IQ العراق
IR ایران
IS Ísland
IT Italia
JO الأردن
KG Кыргызстан, Киргизия
KH កម្ពុជា
KM جزر القمر, Comores
KP 북한
KR 대한민국, 한국
KW الكويت
KZ Казахстан, Қазақстан
LA ລາວ
LB لبنان
LI Liächteschtäi
LK ශ්‍රී ලංකාව, இலங்கை
LT Lietuva
LU Lëtzebuerg, Luxemburg
LV Latvija
LY ليبيا
MA المغرب, Maroc
MD Republica Moldova
ME Crna Gora
MG Madagasikara
MK Северна Македонија
MM မြန်မာ
MN Монгол
MR موريتانيا
MU Maurice
MV ދިވެހި ރާއްޖެ
MZ Moçambique
NC Nouvelle-Calédonie
NG Nàìjíríà
NL Nederland
NO Norge, Noreg
NP नेपाल
OM عُمان
PF Polynésie française
PG Papua Niugini
PH Pilipinas
PK پاکستان
PL Polska
PM Saint-Pierre-et-Miquelon
PS الأراضي الفلسطينية
PY Paraguai
QA قطر
RE La Réunion
RS Србија, Srbija
RU Россия
RW U Rwanda
SA المملكة العربية السعودية
SD السودان
SE Sverige
SG Singapura
SI Slovenija
SJ Svalbard og Jan Mayen
SK Slovensko
SN Senegaal
SO Soomaaliya, الصومال
ST São Tomé e Príncipe
SY سوريا
TD تشاد, Tchad
TH ไทย
TJ Тоҷикистон
TN تونس, Tunisie
UA Україна, Украина
UZ Oʻzbekiston, Ўзбекистон
VA Città del Vaticano
WF Wallis-et-Futuna
XK Kosovë
YE اليمن
"""
CHINESE = """
AE 阿联酋, 阿聯酋
BA 波黑
CN 中国大陆, 中國大陸, 中国内地, 大陆, 大陸, 内地, 中华人民共和国, 中華人民共和國
CZ 捷克共和国
GB 联合王国, 英格兰
HK 香港特别行政区, 香港特別行政區, 香港特区, 香港特區, 中国香港, 中國香港
KG 吉尔吉斯
KP 北韩, 北朝鲜
KR 韓國, 大韩民国, 大韓民國
KZ 哈萨克
MK 马其顿
MO 澳門, 澳门特别行政区, 澳門特別行政區, 澳门特区, 澳門特區, 中国澳门, 中國澳門
MY 大马, 马来
NZ 纽西兰
PS 巴勒斯坦
RU 俄国, 俄罗斯联邦
SA 沙特
TM 土库曼
TW 臺灣, 台湾省, 台灣省, 臺灣省, 中国台湾, 中國台灣, 台湾地区
US 美利坚合众国, 美利坚
UZ 乌兹别克
VG 英属维京群岛, 英属维尔京
VI 美属维京群岛, 美属维尔京
"""


def by_code(text: str) -> dict[str, list[str]]:
    """Country -> its names, from lines such as “BE België, Belgique”."""
    lines = (line.split(" ", 1) for line in text.strip().splitlines())
    return {code: names.split(", ") for code, names in lines}
