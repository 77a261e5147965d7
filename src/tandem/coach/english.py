"""English words the coach listens for: verbs of doing and of change, things one makes, words that say nothing."""

import re

_DOING_WORDS = (
    "act adapt add address adopt advertise allocate analyse analyze annotate announce apply approve arrange ask "
    "assess assign assist attend audit automate back-fill backfill benchmark blog book brainstorm brief build "
    "calibrate canvass catalog categorize celebrate certify choose clarify clean collect combine commence "
    "communicate compare compile complete compose conduct configure confirm connect consolidate construct consult "
    "contact continue contribute convert coordinate crawl create cultivate curate customise customize debug decide "
    "decommission define delegate deliver demo demonstrate deploy deprecate describe design determine develop "
    "devise devote diagnose digitise digitize disable discover discuss distribute document draft educate embed "
    "enable enact engage equip establish estimate evaluate evangelize examine execute experiment explore export "
    "expose extend extract facilitate feature fill finalize finish fix forecast form formalize formulate gather "
    "generate get guide handle hire host identify implement import incorporate index inform initiate inject insert "
    "inspect install instrument integrate interview introduce inventory invest investigate invite issue iterate "
    "join kick launch lay learn line list load localise localize log manage map measure meet mentor merge "
    "migrate model monitor move negotiate nominate notify obtain offer onboard open open-source operate "
    "operationalize organise organize outline overhaul participate partner pass patch perform pick pilot pitch plan "
    "port post practice practise prepare present prioritise prioritize process procure produce promote propose "
    "prototype provide provision prune publicise publicize publish push re-architect read rearchitect rebuild "
    "reconcile record recruit redesign refactor refine refresh rehearse reimplement relaunch release remove rename "
    "renew reorganize repair replace report request research resolve respond restructure retire revamp review "
    "revise rework rewrite roll run schedule scope select send set setup share ship sign simulate sketch socialize "
    "solicit solidify source speak specify spin split sponsor staff standardise standardize start study submit "
    "summarise summarize support survey switch sync tackle talk teach test track train transfer transition "
    "translate triage try tune turn unify update upgrade upload use validate verify visit welcome wire work wrap "
    "write"
)
DOING = frozenset(_DOING_WORDS.split())
"""Verbs whose object is made, done or handled: what one does, not what becomes of it."""

_FINISHING_WORDS = (
    "add approve build choose complete configure convert create decide define deliver deploy develop draft establish "
    "evaluate execute finalize finish hire host identify implement incorporate install introduce launch merge migrate "
    "move open open-source port present produce publish read record release remove rename replace roll run select set "
    "setup ship sign split submit support switch upgrade write"
)
FINISHING = frozenset(_FINISHING_WORDS.split())
"""Of those, the ones after which something is there or is not: one can check."""

_CHANGE_WORDS = (
    "accelerate accomplish achieve attain attract avoid become beat boost bring close convince cut decrease "
    "delight double drive drop earn eliminate empower enhance ensure exceed expand gain grow halve help improve "
    "increase insure keep land lift limit lower maintain make maximise maximize minimise minimize optimise "
    "optimize outperform overtake own position preserve prevent protect quadruple raise reach reduce remain "
    "retain rise save scale secure shorten shrink simplify slash solve speed stabilise stabilize stay strengthen "
    "streamline surpass sustain transform triple win lead give enrich deepen elevate fall hit foster inspire"
)
CHANGE = frozenset(_CHANGE_WORDS.split())
"""Verbs of change or of a state to be reached: somewhere an effect is meant."""

ABSTRACT = re.compile(
    r"(?:\s(?:a|an|the|our|its|their|strong|solid|new|great|healthy))*\s(?:[a-z-]+\s){0,2}?(?:foundations?|cultures?|trust|momentum"
    r"|vision|awareness|relationships?|reputation|confidence|leadership|credibility|loyalty|habits?|muscle|resilience)\b",
    re.IGNORECASE,
)
"""What is built or shown without being a thing: "build trust", "establish leadership"; an effect is meant."""

MEASURES = re.compile(
    r"[\s-](?:\w+\s)?(?:coverage|times?|rates?|tickets?|volume|frequency|share|score|satisfaction|cycle|backlog|quality"
    r"|costs?|duration|latency)\b",
    re.IGNORECASE,
)
"""What makes a noun of the verb before it: "test coverage", "review time"."""

PARTICIPLES = {
    "built": "build", "written": "write", "wrote": "write", "held": "hold", "sent": "send",
    "made": "make", "ran": "run", "met": "meet", "taught": "teach", "got": "get",
    "led": "lead", "grown": "grow", "grew": "grow", "won": "win", "spoke": "speak",
    "spoken": "speak", "rewritten": "rewrite", "put": "set", "chosen": "choose", "kept": "keep",
    "given": "give", "found": "find", "laid": "lay", "cut": "cut", "begun": "start",
    "read": "read", "drawn": "draw",
}  # fmt: skip

_MADE_WORDS = (
    "agenda analysis api app architecture article articles assessment audit blog blogs brief calendar campaign "
    "campaigns catalog changelog checklist communication content course courses dashboard dashboards demo demos "
    "design diagram docs document documentation documents draft dry-run ebook email episode episodes event events "
    "feature features form forum framework function guide guidelines guides handbook hire hires implementation "
    "improvements infographic initiative integration integrations interview interviews issues iteration "
    "iterations kickoff landing launch library list map meetup meetups meeting meetings migration model "
    "newsletter onboarding page pages paper papers patch patches pipeline pipelines pitch plan playbook plugin "
    "poc podcast policy post posts poster presentation presentations process processes program project proposal "
    "prototype prs questionnaire readme refactor refactoring release releases report reports repository research "
    "retrospective review reviews roadmap rollout schedule screencast script scripts sdk series session sessions "
    "setup site spec specification sponsorship sprint stories story strategy study style suggestion support "
    "survey surveys system talk talks template templates test testing tests tool tooling tools training tutorial "
    "tutorials update updates usage use videos video webinar webinars website wiki workflow workflows workshop "
    "workshops"
)
MADE = frozenset(_MADE_WORDS.split())
"""Nouns of things that are made: a line that ends in one of them, without a verb, names an output."""

PEOPLE = re.compile(
    r"\b(?:(?:every|any|each) (?:team|engineer|developer|designer|colleague|branch|office|store|class|school)|"
    r"users?|customers?|clients?|admins?|developers?|candidates?|employees?|teammates?|readers?|students?"
    r"|buyers?|visitors?"
    r"|prospects?|people|everyone|everybody|anyone|leaders?|managers?|partners|audience|subscribers|guests"
    r"|patients|families|feels?|felt)\b",
    re.IGNORECASE,
)
"""Those whose doing or feeling is an effect of the work."""

READY = re.compile(
    r"\b(?:up and running|in place|in production|operational|available|live|ready|exists?|there (?:is|are)\b"
    r"|set up|up to date|done|go live|interop(?:s|erates?)?|has an?|contains|indicates"
    r"|(?<!to )works? (?:over|with|on|in|for)\b"
    r"|(?:is|are|been|be|gets?) (?:defined|documented|released|published|tested|deployed|implemented|completed"
    r"|launched|created|written|shipped|hired"
    r"|migrated|integrated|delivered|approved|established|identified|onboarded|replaced|removed|merged|updated|set"
    r"|trained|finalized|automated|built))\b",
    re.IGNORECASE,
)

VAGUE = re.compile(
    r"\b(?:better|best|good|great|strong(?:er)?|strategic|efficient(?:ly)?|effective(?:ly)?|improve(?:s|d|ment"
    r"|ments)?|enhanc(?:e|ed|ement)|optimi[sz](?:e|ed|ation)"
    r"|properly?|adequate(?:ly)?|appropriate(?:ly)?|significant(?:ly)?|substantial(?:ly)?|clear(?:er|ly)?"
    r"|high[- ]quality|world[- ]class|robust|seamless(?:ly)?"
    r"|more (?:efficient|effective|visible|productive)|various|several|some|many|etc|as needed|as much as possible"
    r"|general|continu(?:e|ously|al)|ongoing|meaningful|relevant"
    r"|user[- ]friendly|modern|scalable|successful(?:ly)?|timely|regular(?:ly)?|faster|easier|simpl(?:er|ify)"
    r"|streamline|new (?:processes|ways)|demonstrable|preliminary|deep(?:er)?)\b",
    re.IGNORECASE,
)
"""Words that two readers understand in two ways."""

EMPTY = re.compile(
    r"\b(?:synerg(?:y|ies|istic|ize)|leverag(?:e|es|ed|ing)|paradigm(?: shift)?|holistic(?:ally)?"
    r"|best[- ](?:in[- ]class|of[- ]breed)|world[- ]class|cutting[- ]edge"
    r"|bleeding[- ]edge|game[- ]chang(?:er|ing)|low[- ]hanging fruit|move the needle|next[- ](?:level|generation)"
    r"|thought leader(?:s|ship)?"
    r"|value[- ]add(?:ed)?|win[- ]win|think outside the box|circle back|deep dive|mission[- ]critical"
    r"|state[- ]of[- ]the[- ]art"
    r"|end[- ]to[- ]end|seamless(?:ly)?|frictionless|disrupt(?:ive|ion)?|hyper[- ]?growth|operational excellence"
    r"|digital transformation"
    r"|customer[- ](?:centric(?:ity)?|obsess(?:ed|ion))|data[- ]driven|actionable insights?|north star|empower(?:s"
    r"|ed|ing|ment)?|ecosystem|bandwidth|boil the ocean|core competenc(?:y|ies))\b",
    re.IGNORECASE,
)
"""Words of meetings that sound like a goal and hold none."""

INSPIRING = re.compile(
    r"\b(?:world[- ]class|world'?s|love[sd]?|lov(?:e|ing)|happy|happier|happiness|delight(?:s|ed|ful)?|proud|joy"
    r"|thriv(?:e|ing)|trust(?:s|ed)?|painless(?:ly)?|effortless(?:ly)?|best"
    r"|leading|leader(?: in| of)|number one|no\.? ?1|become|the (?:place|face|home|standard|friend|voice|go-to)"
    r"|most (?:trusted|loved|admired)|great place"
    r"|everyone|everybody|everywhere|anyone|every (?:company|developer|customer|team|person|child|patient)"
    r"|around the (?:globe|world)|our mission|change the"
    r"|delightful|safe|fearless(?:ly)?|confident(?:ly)?|at home|feel|first choice|friend|remain|first week"
    r"|without (?:fear|help|asking)|nobody|no one|never again|excite[sd]?"
    r"|that (?:enables?|prepares?|will|makes?|lets?|helps?)|is the|are enabled|to the (?:largest|smallest|whole"
    r"|world)|for the (?:largest|smallest|world))\b|\b(?:customer|user|people|patient|quality)-first\b",
    re.IGNORECASE,
)
ABILITY = re.compile(r"\b(?:can|is able to|are able to|be able to|are enabled to|no longer)\b", re.IGNORECASE)
_SKIPPED_WORDS = "to we will i our please and then also the"
SKIPPED = frozenset(_SKIPPED_WORDS.split()) - {"the", "our"}
"""Words before a verb that do not count."""
SEGMENTING = re.compile(
    r"\b(?:enables?|support(?:s|ing)?|prepares?|know(?:s)? what|customer base|ready for|chance of|data[- ]driven"
    r"|enterprises? \()",
    re.IGNORECASE,
)
"""Where a number describes something else than what is to be reached."""
EFFORT = re.compile(
    r"\b\d+(?:\.\d+)?\s?(?:h|hrs?|hours?|d|days?)\b(?=[^.]{0,40}\b(?:per|each|every|a week|a month|on)\b)",
    re.IGNORECASE,
)
_PLAIN_WORDS = (
    "improve increase reduce decrease optimise optimize grow raise lower maximise maximize minimise minimize "
    "build engage develop"
)
PLAIN = frozenset(_PLAIN_WORDS.split())
"""Openings that say more or less of something, whatever fine word comes after them."""
STRONGLY = re.compile(
    r"\b(?:that (?:enables?|prepares?|will|makes?|lets?)|our mission|world[- ]class|love|trust|the (?:place|home"
    r"|standard|voice))\b",
    re.IGNORECASE,
)
