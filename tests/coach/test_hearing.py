"""What the coach hears in a sentence: its language, its quantities, its dates."""

import pytest

from tandem.coach.hearing import hear

LANGUAGES = [
    ("首周激活率从 30% 提升到 45%", "zh"),
    ("Weekly active users grow", "en"),
    ("Onboarding", "en"),
    ("把 Kubernetes 集群迁到新机房", "zh"),
    ("Wir gewinnen das Vertrauen der Kunden", ""),
    ("Nous réduisons les délais", ""),
    ("Reducimos el tiempo de espera para los clientes", ""),
    ("ユーザーを増やす", ""),
    ("사용자 만족도를 높인다", ""),
    ("زيادة رضا العملاء", ""),
    ("12345 %", ""),
    ("", ""),
]

QUANTITIES = [
    # digits and their units
    ("NPS rises to 50", ["50"]),
    ("p95 latency below 200ms", ["200ms"]),
    ("99.95% uptime", ["99.95%"]),
    ("Revenue of $1.5M", ["$1.5M"]),
    ("Grow pipeline 3x", ["3x"]),
    ("5k+ trial accounts", ["5k+"]),
    ("月活达到 10 万", ["10 万"]),
    ("客诉不超过 1,200 件", ["1,200"]),
    ("从30%提升到45%", ["30%", "45%"]),
    # number words
    ("Hire three engineers", ["three"]),
    ("Talk to at least one customer", ["at least one"]),
    ("Publish once a month", ["once a month"]),
    ("Double the number of testers", ["Double "]),
    ("Twice as many demos, and zero outages", ["Twice", "zero"]),
    ("a dozen talks", ["dozen"]),
    ("完成三个核心模块的重构", ["三个"]),
    ("客户投诉降低百分之十", ["百分之十"]),
    ("组织两场线下活动", ["两场"]),
    ("客户数翻一番", ["翻一番"]),
    ("全年零事故", ["零"]),
    ("每周一次团队分享", ["每周一次"]),
    ("产出十余篇文档", ["十余篇"]),
    # none: articles, ordinals, names, versions, periods, dates
    ("写一篇文章", []),
    ("统一三方账号体系", []),
    ("十分满意", []),
    ("搭建第三套环境", []),
    ("近三年的数据分析", []),
    ("2026年上线新版", []),
    ("9月1号之前完成", []),
    ("Ship v2.0 on Python 3", []),
    ("Pass the ISO 27001 audit", []),
    ("24/7 support and one-on-ones", []),
    ("The first release of the 6-month roadmap", []),
    ("Q4 plan for FY26, P1 incidents, C++17", []),
    ("Tier 2 accounts by Dec 15, 2026", []),
    ("over the next 18 months", []),
    ("Create one place for feedback", []),
    # another language: digits only
    ("Drei von 10 Kunden sind zufrieden und zahlen", ["10"]),
]

DEADLINES = [
    ("Launch by end of Q3", True),
    ("Launch by October 15", True),
    ("Hire 5 people in May", True),
    ("Growth in 2027", True),
    ("Done before 2026-12-31", True),
    ("Sign the first customer EOQ", True),
    ("over the next two quarters", True),
    ("Q3 pipeline is full", False),
    ("FY26 budget approved", False),
    ("We may improve things in march", False),
    ("answers within 30 days", False),
    ("截至4月中旬搭建分享制度", True),
    ("第四季度结束前续费率达到 90%", True),
    ("二季度新客户增加", True),
    ("本季度上线", True),
    ("年底前完成迁移", True),
    ("3个月内完成迁移", True),
    ("在 2026-11-30 前发布", True),
    ("每月至少一次分享", False),
    ("近两年的论文综述", False),
    ("编写季度报告模板", False),
    ("Team prepared for 2027 hiring", False),
    ("Mood rises from the start of the quarter", False),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert hear(text).language == language


@pytest.mark.parametrize(("text", "words"), QUANTITIES)
def test_quantities(text: str, words: list[str]) -> None:
    heard = hear(text)
    assert [one.words for one in heard.quantities] == words
    assert all(heard.words(one.place) == one.words for one in heard.quantities)


@pytest.mark.parametrize(("text", "is_there"), DEADLINES)
def test_deadlines(text: str, is_there: bool) -> None:
    assert hear(text).has_deadline is is_there


DOING_OR_CHANGE = [
    ("Create a forum for early users", True),
    ("Formally document the release process", True),
    ("The migration guide is published", True),
    ("Usage examples exist for each module", True),
    ("10 interviews with lost customers", True),
    ("Publish 3 case studies", True),
    ("[Sales] Hire a partner manager", True),
    ("Improve answer times", False),
    ("Reduce churn to 2%", False),
    ("80% of users finish the first lesson", False),
    ("Customers can set up a workspace alone", False),
    ("搭建自动化测试平台", True),
    ("完成 12 篇技术文章", True),
    ("给开源社区贡献 3 个 patch", True),
    ("支持多种登录方式", True),
    ("提高测试效率", False),
    ("将催单率降低至 2%", False),
    ("新增付费客户 10 家", False),
    ("用户满意度 ≥ 4.5", False),
    ("成为客户的第一选择", False),
    # an effect on people, or something that is no thing
    ("Build trust with our partners", False),
    ("Candidates feel welcome from the first call", False),
    ("Hiring managers say that interviews are fair", False),
    ("Test coverage reaches 80%", False),
    ("Support tickets closed within a day reach 90%", False),
    ("Debugging is painless", False),
    ("新员工能自己完成入职手续", False),
    ("建立敢说真话的文化", False),
    ("部署时长缩短到 5 分钟", False),
    # what is made or done, however it is said
    ("Improve the look. Hire a designer", True),
    ("We are regularly reviewing open questions", True),
    ("The gateway works with the old clients", True),
    ("每周跑步 3 次", True),
    ("每周上线 ≥ 2 个实验", True),
    ("接触 40 个潜在客户", True),
    ("创建客户档案", True),
]


@pytest.mark.parametrize(("text", "is_task"), DOING_OR_CHANGE)
def test_doing_or_change(text: str, is_task: bool) -> None:
    assert hear(text).predicate.is_task is is_task


@pytest.mark.parametrize("text", ["游戏项目", "算法学习", "运营 & 数据", "Gitops", "Mobile onboarding"])
def test_a_topic_is_no_sentence(text: str) -> None:
    assert hear(text).predicate.is_label


@pytest.mark.parametrize("text", ["客户愿意推荐我们", "Customers recommend us", "让新人一周上手"])
def test_a_short_sentence_is_one(text: str) -> None:
    assert not hear(text).predicate.is_label
