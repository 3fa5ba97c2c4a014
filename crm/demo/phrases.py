"""What managers write down after a talk, in English: openings, middles and ends of the usual topics, with slots."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """Slots in braces: who, asset, instrument, tier, bps, amount, small, count, days, venue."""

    name: str
    products: str
    weight: float
    mood: float
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    ends: tuple[str, ...]
    outcomes: tuple[str, ...]
    steps: tuple[str, ...]
    is_promise: bool = False


ENGLISH = (
    Topic(
        "Fee tiers",
        "spot;perpetual",
        12,
        3.5,
        (
            "{who} asked what is missing to the next tier from {tier}.",
            "Went through the fee schedule of {tier} with {who}.",
            "{who} compared our taker fee with an offer of {venue}.",
            "Question about the day on which {tier} is evaluated.",
        ),
        (
            "About {amount} of volume in {days} days would do it at the current pace.",
            "Explained the rolling 30 days and the asset route.",
            "They pay {bps} bps on average, which fits their tier.",
            "They had counted the calendar month instead of the rolling window.",
            "Sub-accounts count together; that was new to them.",
        ),
        ("They will plan their volume accordingly.", "No decision yet.", "They keep their flow with us for now.", ""),
        ("Answered", "Schedule understood", "Considering", "Undecided"),
        (
            "Send the fee schedule in writing",
            "Tell them when {tier} is about to change",
            "Compare fees with the offer of {venue}",
        ),
    ),
    Topic(
        "API limits",
        "api",
        9,
        3.2,
        (
            "{who} hit the order limit on {count} sub-accounts.",
            "Their engineer asked how the fill ratio is counted.",
            "Rejected orders on {instrument} during a busy hour.",
            "Planning call about moving {count} strategies to the new gateway.",
        ),
        (
            "Sent the table of limits and the headers that tell what is left.",
            "They batch amendments now, which halves the number of requests.",
            "Their latency from {venue}'s region is higher than they like.",
            "They want {count} more sub-accounts before the end of the month.",
        ),
        ("They will test over the weekend.", "The API team looks at their logs.", "Solved during the call.", ""),
        ("Answered", "Escalated to the API team", "Solved", "Waiting for their logs"),
        ("Ask the API team for a higher limit", "Check their rejected orders again", "Open {count} more sub-accounts"),
    ),
    Topic(
        "Margin rules",
        "margin;perpetual",
        8,
        3.4,
        (
            "{who} asked about the maintenance margin of {instrument}.",
            "Explained how {asset} counts as collateral.",
            "They were surprised by an automatic reduction of a position in {instrument}.",
            "Question about portfolio margin for {count} books.",
        ),
        (
            "Worked through an example with {amount} of notional.",
            "The discount on {asset} starts above {amount}; we looked at the table together.",
            "They hold most collateral in {asset} and want to know the steps.",
            "Showed where the ratio is displayed and which alert can be set.",
        ),
        ("Clear to them now.", "They asked for the same in writing.", "They will move part of the collateral.", ""),
        ("Answered", "Table sent", "Alert set", "They think about it"),
        ("Send the margin example in writing", "Check whether the alert works", "Invite risk team to a call"),
    ),
    Topic(
        "Withdrawals",
        "spot",
        8,
        3.1,
        (
            "A withdrawal of {amount} in {asset} has been waiting for review.",
            "{who} asked for a higher daily withdrawal limit.",
            "They want to add {count} addresses to their list.",
            "Network question: {asset} was sent through a chain that needed more confirmations.",
        ),
        (
            "The review asked for the purpose; they sent it within the hour.",
            "Their limit follows from {tier}; a higher one needs a form.",
            "New addresses wait 24 hours before they can be used.",
            "Operations confirmed the arrival while we talked.",
        ),
        ("Released in the afternoon.", "They accepted the waiting time.", "They would like a notice next time.", ""),
        ("Released", "Form sent", "Answered", "With operations"),
        (
            "Ask operations about the waiting withdrawal",
            "Send the form for a higher limit",
            "Confirm that the addresses are active",
        ),
    ),
    Topic(
        "KYC renewal",
        "",
        6,
        3.3,
        (
            "Documents run out in {days} days; told {who} what is needed.",
            "Renewal of the company papers with {who}.",
            "{who} sent the new register extract.",
            "Change of a director: which papers compliance wants.",
        ),
        (
            "The address proof is older than three months and has to be new.",
            "They asked whether a notarised copy is necessary; it is.",
            "Trading goes on during the review.",
            "Two of {count} shareholders still have to sign.",
        ),
        ("Waiting for papers.", "Handed to compliance.", "Completed.", ""),
        ("Documents requested", "With compliance", "Completed", "Waiting for the client"),
        ("Ask for the missing document", "Check with compliance", "Remind them before the papers run out"),
    ),
    Topic(
        "Product walkthrough",
        "options;futures;earn",
        9,
        4.1,
        (
            "Walked {who} through {instrument}: order ticket, settlement, fees.",
            "First look at options on {asset} with {who}.",
            "They wanted to understand the dated futures on {asset}.",
            "Demonstration of block trading for {count} people of their desk.",
        ),
        (
            "Talked about costs and about what can go wrong, not about what to buy.",
            "They compared the settlement with that of {venue}.",
            "Questions about margin for short legs and about early exercise.",
            "They use similar contracts elsewhere and know the terms.",
        ),
        ("They may start with small sizes.", "Not for now.", "They asked for the recording.", ""),
        ("Understood", "Wants to try small", "Not interested now", "Recording sent"),
        ("Ask whether questions came up", "Send the recording of the walkthrough", "Enable options on their account"),
    ),
    Topic(
        "Complaint",
        "perpetual",
        5,
        1.9,
        (
            "{who} complained about slippage on {instrument}.",
            "Complaint: the order page did not answer for {count} minutes.",
            "{who} is unhappy with the time that support took.",
            "They dispute a fee of {small} on {instrument}.",
        ),
        (
            "I took down the order numbers and apologised for the trouble.",
            "They compared our fills with those of {venue}.",
            "It is the second time this quarter, as they pointed out.",
            "Their own logs show the same times as ours.",
        ),
        ("A written answer was asked for.", "They stay, but watch.", "Calmer at the end of the call.", ""),
        ("Escalated to operations", "Apologised", "Under review", "Explained, accepted"),
        ("Send a written answer to the complaint", "Report what operations found", "Call again when it is cleared"),
        is_promise=True,
    ),
    Topic(
        "Rebate",
        "spot;perpetual",
        5,
        3.4,
        (
            "Talked about the maker rebate of {tier} with {who}.",
            "{who} asked when the rebate of last month arrives.",
            "They expect a correction of {small} on last month's rebate.",
            "Terms of the market maker programme, {count} pairs.",
        ),
        (
            "Their maker share is high enough; quoting time has to be checked.",
            "Rebates are paid the day after; one file was late.",
            "I promised an answer with the calculation, not an amount.",
            "They sent their own count, which differs by {small}.",
        ),
        ("They wait for the calculation.", "Fine with them.", "They will ask again next month.", ""),
        ("Calculation promised", "Answered", "Under review", "Paid"),
        ("Send the calculation of the rebate", "Check the missing rebate of {small}", "Confirm the rebate date"),
        is_promise=True,
    ),
    Topic(
        "Quarterly review",
        "",
        7,
        3.9,
        (
            "Quarterly review with {who}.",
            "Looked back at the last {days} days with {who}.",
            "Regular catch-up; {who} brought {count} wishes.",
        ),
        (
            "Most of their volume is in {instrument}.",
            "Average cost was {bps} bps.",
            "They plan to hire {count} traders.",
            "They spread flow over us and {venue}.",
            "They asked for reports by sub-account.",
        ),
        ("Good spirits.", "Next review in three months.", "Wishes passed on to the product team.", ""),
        ("Wishes collected", "All well", "Next review agreed", "Volume plan known"),
        ("Send the report by sub-account", "Pass on their wishes and report back", "Fix the date of the next review"),
    ),
    Topic(
        "Loans",
        "loans;margin",
        4,
        3.5,
        (
            "{who} asked for a loan of {amount} against {asset}.",
            "Terms of the {asset} loan: rate, calls, early return.",
        ),
        (
            "Explained the margin call steps and who is informed when.",
            "Their collateral would be {asset} only.",
            "They have a similar line at {venue}.",
        ),
        ("They will send the request form.", "Too expensive for them.", ""),
        ("Form sent", "Declined by client", "With the credit desk"),
        ("Ask the credit desk for the terms", "Send the loan agreement"),
    ),
    Topic(
        "Block trade",
        "otc;spot",
        4,
        3.8,
        (
            "{who} wants to move {amount} of {asset} in one block.",
            "Quote request for {asset}, {amount}, settled within the day.",
        ),
        ("Connected them with the block desk.", "They settled in two parts.", "The spread was wider than they hoped."),
        ("Settled.", "They keep it for another day.", ""),
        ("Settled", "Quote given", "Postponed"),
        ("Ask how the settlement went", "Get a second quote from the block desk"),
    ),
    Topic(
        "Event invitation",
        "",
        3,
        4.2,
        ("Invited {who} to the client dinner in {days} days.", "Met {who} at the conference stand."),
        (
            "They come with {count} people.",
            "Short talk about {asset} liquidity and staffing.",
            "They could not say yet.",
        ),
        ("Confirmed.", "Open.", ""),
        ("Confirmed", "Declined", "Open"),
        ("Send the invitation", "Confirm the number of guests"),
    ),
    Topic(
        "Check-in",
        "",
        8,
        3.6,
        (
            "Short check-in with {who}.",
            "No volume for some days; asked {who} whether anything is wrong.",
            "Wrote to {who} after a quiet week.",
            "Answered a small question about statements.",
        ),
        (
            "They are between two strategies.",
            "Holiday at their place.",
            "They watch {asset} and wait.",
            "All works as it should.",
        ),
        ("Nothing to do.", "They will be back in {days} days.", ""),
        ("All well", "No answer yet", "Back soon"),
        ("Check in again", "See whether trading came back"),
    ),
)
