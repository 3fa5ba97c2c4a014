"""Words before the own name of a column, as in “Contact Email”: those that say nothing more, and those that name somebody else."""

import re

from crm.intake.headers import compared, last_part, parts, squeezed

# Of whom a list of clients is anyway, or which of several addresses it is.
_OWN = re.compile(
    r"(?:client|customer|account|user|member|contact|person)(?:'?s)?|personal|profile|private|primary|main|basic|general|registered"
    r"|current|details?|info|information|data|identity|identification|work|home|office|business|direct|mobile|trading|activity|kyc|vip"
    r"|kunden?|kontakt|konto|stammdaten|cliente|contacto|cuenta|compte|coordonnées"
)
_OWN_CHINESE = re.compile(
    r"^(?:客户|用户|会员|账户|帐户|联系人|联系方式|联系|基本信息|基本|个人信息|个人|主要|常用|交易|顾客|顧客|連絡先)+"
)
# Another person, company or time than that of the row itself.
_OTHERS = re.compile(
    r"(?i)\b(?:(?:relationship |account |sales )?managers?|owners?|referr\w*|referred|invit\w+|introduc\w+|introducing|parent|master|sub"
    r"|compan(?:y|ies)|employer|partners?|agents?|brokers?|affiliates?|backup|deputy|assistants?|emergency|spouse|family|next of kin|kin"
    r"|secondary|alternat\w+|other|previous|prior|former|old|last|latest|next|first|new|created|modified|updated|closed|assigned|sales"
    r"|rep|representatives?|coverage|team|teams|desk|support|staff|advis[eo]rs?|sponsors?|guardians?|director|beneficiary|ubo|bank"
    r"|signator\w+|counterpart\w+|manager\w*|betreuer|berater|gestor|gestionnaire|vermittler|firma|empresa|société|notfall)\b"
    r"|经理|经办|负责人|推荐|邀请|上级|父|母公司|公司|单位|紧急|备用|备岗|代理|渠道商|合作|上次|最近|下次|首次|原|旧|新|配偶|助理|担当|紹介"
)
# What these words say only with whoever they are of: a date of the contact is not any day of the row.
_TOO_SHORT = re.compile(r"id|date|time|day|when|x|person|number|no|kind|日期|时间|时刻|编号|号|")
_IN_BRACKETS = re.compile(
    r"(?i)\s*[(（\[](?:primary|main|work|home|office|business|private|personal|mobile|optional|required|if any"
    r"|主|必填|选填|工作|手机)[)）\]]"
)


@compared
def names_others(words: str) -> bool:
    """“Manager”, “Referrer”, “Last”: what stands behind is not the client's own."""
    return _OTHERS.search(words.replace("_", " ")) is not None


@compared
def is_own(words: str) -> bool:
    """“Contact”, “Client details”: what stands behind is the client's own."""
    known = [word for word in re.split(r"[\s_/&,-]+|\band\b", words.casefold()) if word]
    return bool(known) and all(_OWN.fullmatch(word) or not _OWN_CHINESE.sub("", squeezed(word)) for word in known)


@compared
def unqualified(name: str) -> str:
    """“Contact Email” and 客户邮箱 without the words that say nothing more; "" where there are none, or too little is left."""
    words = _IN_BRACKETS.sub("", name).replace("_", " ").split()
    least = next((place for place, word in enumerate(words) if not is_own(word)), len(words) - 1)
    left = _OWN_CHINESE.sub("", squeezed(" ".join(words[least:])))
    return "" if _TOO_SHORT.fullmatch(left) or left == squeezed(name) else left


@compared
def own_part(name: str) -> str:
    """The last part of “Person - Email”, or what “Person - Email - Work” says which of several it is.

    "" where the parts before it name somebody else, as in “Manager / Email”.
    """
    *before, last = parts(name)
    if any(names_others(part) for part in before):
        return ""
    return squeezed(before[-1]) if before and is_own(last) and not is_own(before[-1]) else last_part(name)
