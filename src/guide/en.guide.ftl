# /guide, step by step. Each step is one screen of a phone. The names of buttons are given, as they stand on them.
guide-choose = Shall I show you how, step by step?
guide-resident-button = I take part
guide-organiser-button = I organise
guide-forums-button = Forums ahead
guide-next = Next
guide-back = Back
guide-start = Back to the start
guide-step = Step { $n } of { $of }
guide-sample = It is for trying, on this computer only. Under “You are” you choose who you are: Jo is the coordinator. On a phone, “People and chats” leads there.

guide-resident-1-title = Answer a poll
guide-resident-1 =
    In the chat, press the answer that you choose. It counts at once, and only you see my reply.
    Press “{ $mine }” to see your answer, change it or take it back.
    Each poll says who can see what, before you press.
guide-resident-2-title = Read the news
guide-resident-2 = Coordinators announce things in many chats at once. You press nothing. If something changes, I change it in all chats, and it says so.
guide-resident-3-title = Come to a forum
guide-resident-3 =
    A forum is a meeting. Under its invitation press “{ $go }”, “{ $maybe }” or “{ $cant }”. The chat sees numbers, not names.
    Then I ask how many you are and what you need there.
guide-resident-4-title = What is yours
guide-resident-4 =
    /mine shows what waits for your answer, and what is held about you.
    Say which area you live in: then your answers count for it wherever you answer.

guide-organiser-1-title = Ask something
guide-organiser-1 =
    { $may ->
        [yes] Press “{ $new }” here, or write /poll.
       *[other] Write /poll.
    } Write the question, and one answer on each line.
    Then a card comes that only you see. “{ $preview }” shows the poll as it will stand. “{ $where }” says in which chats. “{ $post }” posts it.
guide-organiser-2-title = Announce something
guide-organiser-2 =
    { $may ->
        [yes] Press “{ $new }” here, or write /announce.
       *[other] Write /announce.
    } Write the words and, if it is not for now, when. “Every second Tuesday 6pm” works too.
    On the card that comes, “{ $where }” says in which chats, and “{ $post }” posts it.
guide-organiser-3-title = Invite to a forum
guide-organiser-3 =
    { $may ->
        [yes] Press “{ $new }” here, or write /forum new.
       *[other] Write /forum new.
    } Write what it is about, when and where.
    On the card that comes, press “{ $post }”. People answer in their chats, and /forum shows you how many come.
guide-organiser-4-title = Say what came of it
guide-organiser-4 =
    Write /poll, open a poll in the list and press “{ $close }”. All its chats get the result, with what you decided.
    /network looks after chats, areas and people, and brings in more chats.
guide-organiser-only = You need to be a coordinator of the network for this. Who is one, /network who tells you.
