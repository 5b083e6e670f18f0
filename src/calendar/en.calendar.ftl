# Calendars of one’s own: links and files
calendar-title = Our meetings in your own calendar
calendar-choose-link = Choose what your calendar should show. You get a secret link, and your calendar keeps itself up to date.
calendar-choose-file = Choose what you want. You get a file with what is ahead: open it, and your calendar takes it in. Later changes are not in it.
calendar-do-network = All of { $network }
calendar-do-area = Only { $area }
calendar-do-areas = Only one area
calendar-do-other-area = Another area
calendar-do-person = What I said I come to
calendar-do-page = What is planned (coordinators)
calendar-do-one = My link: { $what }
calendar-do-mine = My calendar links
calendar-do-renew = Make a new link
calendar-do-off = End this link
calendar-back = Back
calendar-page-before = Earlier
calendar-page-after = More
calendar-areas-question = Which area? Your calendar then shows what is for it, and what is for every area.
calendar-yours = Your links:
calendar-what =
    { $kind ->
        [network] all of { $name }
        [area] { $name }
        [page] what is planned in { $name }
       *[person] what you said you come to
    }
calendar-line = { $what } (made { $since }, { $used })
calendar-line-until = { $what } (works until { $until }, { $used })
calendar-used = last read { $when }
calendar-used-never = not read yet
calendar-hidden = I do not know the link itself any more: I keep only what it takes to recognise it. If you lost it, make a new one. The old one then ends.
calendar-have = You have this link already.
calendar-ready = Your link is ready. What it shows: { $what }.
calendar-brief = Your calendar link is ready.
calendar-link = Your calendar link
calendar-how = Press and hold the link (or right-click it) and copy it. Then paste it into your calendar:
calendar-how-google = Google, on a computer: the plus sign beside “Other calendars”, then “From URL”.
calendar-how-apple = iPhone: Calendars, Add Calendar, Add Subscription Calendar. Mac: File, New Calendar Subscription.
calendar-how-outlook = Outlook: Add calendar, Subscribe from web.
calendar-how-webcal = If your calendar asks for a webcal link, write webcal:// in place of { $scheme } at its beginning.
calendar-secret =
    Keep the link to yourself: { $kind ->
        [person] whoever has it sees which meetings you said you come to.
       *[other] whoever has it can read the same.
    } I show it only now. You can end it here, or later in /mine.
calendar-ended = Ended. Nobody gets anything from that link any more.
calendar-gone = This link is not there any more.
calendar-no-files = I cannot send files in this chat app, so I cannot give you a calendar here.
calendar-file-none = There is nothing ahead for { $what }. Ask again when something is planned.
calendar-file-about =
    { $n ->
        [one] A calendar file: { $what }, 1 entry
       *[other] A calendar file: { $what }, { $n } entries
    }
calendar-file-how = Open this file, and your calendar takes it in. What changes later is not in it: then come back for a new one.
calendar-cancelled = Cancelled: { $name }
calendar-feed-name = { $network }: { $what }
calendar-feed-mine = what I come to
calendar-mine =
    { $n ->
        [one] You have 1 secret calendar link.
       *[other] You have { $n } secret calendar links.
    }
calendar-held = A secret calendar link: { $line }

# The page of the coordinators
calendar-page-ready = This page shows what is planned in { $network }, posts too. The link works until { $until }, and only while you are a coordinator.
calendar-page-brief = The calendar page is ready.
calendar-page-link = What is planned
calendar-page-secret = It is for coordinators: whoever has the link can read the page. I show it only now. A new link ends this one; you can also end it here, or in /mine.
calendar-page-about = What is planned in { $network }, as a page
calendar-page-how = Save this file and open it in a browser. It is for coordinators: posts that are not out yet are in it too.
calendar-page-title = { $network }: what is planned
calendar-page-range = { $from } to { $to }. All times are those of { $zone }.
calendar-page-made = As it stood on { $when }.
calendar-page-until = The link to this page works until { $when }.
calendar-page-none = Nothing is planned in these weeks.
calendar-page-month = { $month } at a glance
calendar-page-time = { $from } to { $to }
calendar-page-cancelled = Cancelled
calendar-page-more = More about { $name } on { $host }
calendar-nothing-here = There is nothing here. If you came with a link, it has ended: ask the bot for a new one.

# What was due and could not be done
calendar-alarm-sweep = Old calendar links could not be swept away. I try again by myself. If it stays like this, tell whoever runs the bot.
