"""The words of the generated posts, in eight languages.

`doubled` holds sentences in which a word is repeated on purpose. `kept` holds sentences with a character that can't be
seen and belongs there: the part between `<` and `>` must survive every safe fix.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    tags: tuple[str, ...]
    names: tuple[str, ...]
    doubled: tuple[str, ...]
    kept: tuple[str, ...]


LANGUAGES = {
    "en": Language(
        (
            "Queues at night", "How we moved to Postgres 16", "A year of remote work", "Why the cluster was slow",
            "Notes from the spring meetup", "Ten things I learned about caching", "Running cron jobs on a Pi",
            "What's left after the rewrite", "The cost of a page view", "Shipping Friday's build on Monday",
        ),
        (
            "We started with one small server and a list of things that could go wrong.",
            "The first release took three weeks, mostly because nobody had written the steps down.",
            "A queue hides the problem until it is full.",
            "Most of the time went into reading logs (about 40 GB of them).",
            "If the disk is slow, everything else is slow as well; measure it first.",
            "Nobody reads a dashboard at 3:30 in the morning, so we set up alerts instead.",
            "It works on x86-64 and on ARM, with 2 GB of memory or more.",
            "The numbers below come from the week of 12 May.",
        ),
        ("Setting up", "What we measured", "Lessons learned", "Before you start", "Next steps"),
        ("aws", "meetup", "open source", "databases", "remote-work", "postgres", "culture", "testing"),
        ("Mina Park", "J. Okafor", "Ana Ruiz"),
        (
            "I only noticed this this morning, when the first report came in.",
            "What that is is hard to say.",
            "She had had enough of that that week.",
            "Ask who to talk to to get help.",
            "The build waits for what it waits for for a reason.",
        ),
        ("Write <{\u200b{ page.title }}> to show the title.", "It weighs <5\u202fkg> and travels at <30\u00a0km> an hour."),
    ),
    "ko": Language(
        (
            "밤에 도는 작업 큐", "포스트그레스 16으로 옮기기", "원격 근무 1년의 기록", "느린 클러스터를 고친 이야기",
            "봄 밋업 후기", "캐시에 대해 배운 열 가지", "라즈베리 파이에서 크론 돌리기", "다시 쓰고 남은 것들",
        ),
        (
            "작은 서버 한 대와 잘못될 수 있는 일의 목록으로 시작했습니다.",
            "첫 배포에는 3주가 걸렸는데, 순서를 적어 둔 사람이 없었기 때문입니다.",
            "큐는 가득 찰 때까지 문제를 숨깁니다.",
            "대부분의 시간은 로그를 읽는 데 썼습니다(약 40GB).",
            "디스크가 느리면 나머지도 모두 느립니다. 먼저 재 보세요.",
            "새벽 3:30에 대시보드를 보는 사람은 없으므로 알림을 걸어 두었습니다.",
        ),
        ("설치하기", "측정한 것", "배운 점", "시작하기 전에", "다음 단계"),
        ("개발", "데이터베이스", "밋업", "오픈소스", "aws", "원격근무", "테스트"),
        ("김민서", "박하나", "이도윤"),
        ("기다리고 기다리던 날이 너무 너무 빨리 왔습니다.", "그런데 그런데,, 이게 될까 하다가 결국 됐다."),
        ("긴 낱말은 <데이터\u200b베이스>처럼 끊습니다.", "한 칸 들여 쓴 <\u3000문단> 표시입니다."),
    ),
    "ja": Language(
        (
            "夜に動くキュー", "Postgres 16への移行", "リモートワークの一年", "クラスタが遅かった理由", "春の勉強会メモ",
            "キャッシュについて学んだ十のこと", "書き直しのあとに残ったもの", "ページ表示の費用",
        ),
        (
            "小さなサーバー一台と、起こりうる問題の一覧から始めました。",
            "最初のリリースには三週間かかりました。手順を書いた人がいなかったからです。",
            "キューは満杯になるまで問題を隠します。",
            "時間の大半はログ（約40GB）を読むことに使いました。",
            "ディスクが遅ければ、ほかもすべて遅くなります。",
            "午前3:30にダッシュボードを見る人はいません。",
        ),
        ("準備", "測ったこと", "学んだこと", "始める前に", "次の一歩"),
        ("開発", "データベース", "勉強会", "aws", "リモート", "テスト"),
        ("佐藤はな", "高橋健"),
        ("ますますますます速くなり、いろいろいろいろ試しました。", "そろそろそろそろ帰る時間です、、たぶん。"),
        ("見出しの<　全角空白>はそのままです。", "長い語は<開発\u200b環境>で折り返します。"),
    ),
    "zh": Language(
        (
            "夜里运行的队列", "迁移到 Postgres 16", "远程工作的一年", "集群为什么慢", "春季聚会笔记", "关于缓存的十件事",
            "重写之后剩下什么", "一次页面访问的成本",
        ),
        (
            "我们从一台小服务器和一份可能出错的清单开始。",
            "第一次发布花了三个星期，因为没有人写下步骤。",
            "队列在装满之前会隐藏问题。",
            "大部分时间都用来读日志（大约 40 GB）。",
            "如果磁盘慢，其他一切都会慢。",
            "凌晨 3:30 没有人看仪表盘，所以我们设置了警报。",
        ),
        ("准备工作", "我们测量了什么", "经验", "开始之前", "下一步"),
        ("开发", "数据库", "聚会", "aws", "远程", "测试"),
        ("王小明", "李娜"),
        ("慢慢慢慢地走，看看看看再说。", "讨论讨论讨论，，然后再决定。"),
        ("　　<　缩进>的段落。", "断行处有<中文\u200b搜索>标记。"),
    ),
    "de": Language(
        (
            "Warteschlangen in der Nacht", "Der Umzug auf Postgres 16", "Ein Jahr Telearbeit", "Warum der Cluster langsam war",
            "Notizen vom Frühlingstreffen", "Zehn Dinge über Zwischenspeicher", "Was nach dem Umbau übrig blieb",
        ),
        (
            "Wir begannen mit einem kleinen Server und einer Liste möglicher Fehler.",
            "Die erste Ausgabe dauerte drei Wochen, weil niemand die Schritte aufgeschrieben hatte.",
            "Eine Warteschlange verbirgt das Problem, bis sie voll ist.",
            "Die meiste Zeit ging ins Lesen der Protokolle (etwa 40 GB).",
            "Ist die Platte langsam, so ist es alles andere auch; miss das zuerst.",
            "Um 3:30 Uhr liest niemand eine Anzeige.",
        ),
        ("Einrichtung", "Was wir gemessen haben", "Was wir gelernt haben", "Vorbereitung"),
        ("Entwicklung", "Datenbanken", "Treffen", "aws", "Telearbeit", "Prüfung"),
        ("Jürgen Weiß", "Anna Groß"),
        ("Das ist die, die die Liste schrieb.", "Wir wissen, dass die die Antwort haben."),
        ("Ein <Donau\u00addampf\u00adschiff> fährt vorbei.", "Das gilt <z.\u00a0B.> für <10\u00a0km>."),
    ),
    "ru": Language(
        (
            "Очереди по ночам", "Переезд на Postgres 16", "Год удалённой работы", "Почему кластер был медленным",
            "Заметки с весенней встречи", "Десять вещей о кэше", "Что осталось после переписывания",
        ),
        (
            "Мы начали с одного маленького сервера и списка того, что может сломаться.",
            "Первый выпуск занял три недели, потому что никто не записал шаги.",
            "Очередь скрывает проблему, пока не заполнится.",
            "Больше всего времени ушло на чтение журналов (около 40 ГБ).",
            "Если диск медленный, то и всё остальное тоже.",
            "В 3:30 утра никто не смотрит на графики.",
        ),
        ("Подготовка", "Что мы измерили", "Чему мы научились", "Перед началом"),
        ("разработка", "базы данных", "встречи", "aws", "тесты"),
        ("Иван Петров", "Анна Ким"),
        ("Да да, это было очень очень давно.", "Чуть чуть медленнее, но но работает."),
        ("Текст <в\u00a0CSS> и <на\u00a0сайте> не переносится.", "Это <не\u00a0так> просто."),
    ),
    "fr": Language(
        (
            "Des files d'attente la nuit", "Passer à Postgres 16", "Un an de télétravail", "Pourquoi la grappe était lente",
            "Notes de la rencontre de printemps", "Dix choses sur le cache", "Ce qui reste après la réécriture",
        ),
        (
            "Nous avons commencé avec un petit serveur et une liste de pannes possibles.",
            "La première version a pris trois semaines, car personne n'avait noté les étapes.",
            "Une file cache le problème jusqu'à ce qu'elle soit pleine.",
            "Le plus long fut de lire les journaux (environ 40 Go).",
            "Si le disque est lent, tout le reste l'est aussi.",
            "À 3 h 30, personne ne regarde un tableau de bord.",
        ),
        ("Installation", "Ce que nous avons mesuré", "Leçons", "Avant de commencer"),
        ("développement", "bases de données", "rencontres", "aws", "télétravail"),
        ("Zoé Lefèvre", "Léo Martin"),
        ("Nous nous sommes demandé si vous vous trompiez.", "Il faut que tu te te décides."),
        ("Est-ce <vrai\u00a0?> Oui<\u00a0: voici> la suite.", "On dit <«\u00a0bonjour\u00a0»> le matin, <10\u202f000> fois."),
    ),
    "es": Language(
        (
            "Colas por la noche", "El paso a Postgres 16", "Un año de trabajo remoto", "Por qué el clúster era lento",
            "Notas del encuentro de primavera", "Diez cosas sobre la caché", "Lo que queda tras la reescritura",
        ),
        (
            "Empezamos con un servidor pequeño y una lista de fallos posibles.",
            "La primera versión tardó tres semanas, porque nadie había escrito los pasos.",
            "Una cola esconde el problema hasta que se llena.",
            "La mayor parte del tiempo fue leer registros (unos 40 GB).",
            "Si el disco es lento, lo demás también; mídelo primero.",
            "A las 3:30 nadie mira un panel.",
        ),
        ("Instalación", "Lo que medimos", "Lecciones", "Antes de empezar"),
        ("desarrollo", "bases de datos", "encuentros", "aws", "remoto"),
        ("Lucía Gómez", "Pedro Ríos"),
        ("Ya ya, lo sé: muy muy tarde.", "Poco poco, pero sigue sigue."),
        ("Mide <30\u00a0km> de largo.", "La <super\u00adcalle> es ancha."),
    ),
}
