# Announcements: what is posted
announcements-link = Read more ({ $host })
announcements-post-changed = Changed { $when }
announcements-post-withdrawn = This announcement was withdrawn. What it said no longer holds:

# Announcements: the command and its forms
announcements-command = Announce something in many chats
announcements-make-this = Announce this
announcements-make-this-about = Post what this message says in many chats
announcements-example = Litter pick | when: Sat 10am
announcements-verb-list = what is coming, and the last ones
announcements-verb-show = which chats have it
announcements-verb-edit = change the words
announcements-verb-move = change the time
announcements-verb-now = post it now
announcements-verb-withdraw = take it back
announcements-right-way = The right way: /announce Litter pick on Saturday | areas: Ardwick | when: Sat 10am
announcements-no-such = I know no announcement that begins with “{ $words }”, so this is a new one. Throw it away if you meant another.
announcements-which = Which announcement do you mean?
announcements-shortened = The message was too long for an announcement. I kept the first { $max } characters.
announcements-form-title = A new announcement
announcements-form-submit = Go on
announcements-form-save = Save
announcements-form-picture = A picture
announcements-form-words = What do you want to say?
announcements-form-words-hint = For example: Litter pick on Saturday, 10 am, at the library.
announcements-form-link = A link to more
announcements-form-link-hint = Such as example.org/litter-pick. You can leave it empty.
announcements-form-when = When should it go out?
announcements-form-when-hint = Such as “Saturday 10am” or “every second Tuesday at 18:30”. Leave it empty for now.
announcements-form-when-pick = Without a time it goes out now.

# Announcements: the draft card
announcements-draft-title = Your announcement, not posted yet
announcements-draft-post = Post
announcements-draft-preview = Preview
announcements-draft-drop = Throw away
announcements-draft-dropped = Thrown away. Nothing was posted.
announcements-draft-gone = This draft is not here any more. Begin again with /announce.
announcements-set-where = Where it goes
announcements-set-chats = Choose single chats
announcements-set-picture = Add a picture
announcements-set-no-picture = Take the picture away
announcements-set-pin-on = Pin it
announcements-set-pin-off = Do not pin it
announcements-set-late = How late it may be
announcements-fact-link = Link
announcements-fact-picture = Picture
announcements-fact-when = Goes out
announcements-fact-late = If I am late, I still post it
announcements-fact-pin = Pinned
announcements-when-now = as soon as you post it
announcements-late =
    { $hours ->
        [1] up to 1 hour late, then not at all
        [72] up to 3 days late, then not at all
       *[other] up to { $hours } hours late, then not at all
    }
announcements-late-state =
    { $hours ->
        [1] up to 1 hour
        [72] up to 3 days
       *[other] up to { $hours } hours
    }
announcements-pin-yes = yes, where I may
announcements-pin-no = no
announcements-back = Back

# Announcements: one that stands
announcements-posted = Done. Here you see how it goes.
announcements-stage-coming = It goes out { $when } ({ $late }). Until then nobody sees it.
announcements-stage-out = Its time: { $when } ({ $late }).
announcements-stage-withdrawn = Withdrawn { $when }.
announcements-report-count =
    { $n ->
        [0] It stands in none of { $of } chats.
       *[other] It stands in { $n } of { $of } chats.
    }
announcements-card-picture = With a picture: { $about }
announcements-at = { $space }: { $how }
announcements-at-doubled = { $line } It may stand there twice.
announcements-at-more = and { $n } more chats
announcements-at-sent = posted { $when }.
announcements-at-stale = posted { $when }, with the words from before: I could not change them there.
announcements-at-coming = goes out { $when }.
announcements-at-soon = on its way.
announcements-at-trying = not there yet. I may not write in that chat, or it cannot be reached. I try again.
announcements-at-missed = missed, because I was away for too long.
announcements-at-gone = not posted, because this chat has left.
announcements-at-unsure = perhaps posted: the chat app never answered. Please look there.
announcements-at-refused = not posted: the chat app refused it.
announcements-at-long = not posted: it is too long for that chat app.
announcements-at-failed = not posted, and I could not find out why.
announcements-at-left-out = not posted, because it was not meant for this chat any more.
announcements-at-deleted = somebody there deleted it.
announcements-at-going = is being taken away.
announcements-at-struck = could not be deleted there. It is struck out and says that it was withdrawn.
announcements-at-withdrawn = taken back.
announcements-do-words = Change the words
announcements-do-picture = Change the picture
announcements-do-move = Change the time
announcements-do-now = Post it now
announcements-do-withdraw = Withdraw it
announcements-do-again = Try again
announcements-do-show = Look again
announcements-do-look = Look at it
announcements-do-list = All announcements
announcements-do-page = As a calendar
announcements-done-words = The words are changed. Below you see in which chats they have arrived.
announcements-done-picture = The picture is changed. Below you see in which chats it has arrived.
announcements-done-no-picture = The picture is taken away.
announcements-picture-stays = It has gone out already, and not every chat app lets me take a picture away. Change it for another, or withdraw the announcement.
announcements-done-move = The time is changed.
announcements-done-now = It goes out now.
announcements-done-again =
    { $n ->
        [0] There is nothing to try again.
        [one] I try again in 1 chat.
       *[other] I try again in { $n } chats.
    }
announcements-done-withdraw = Withdrawn. I delete it where I can; elsewhere it is struck out.
announcements-done-offer = “{ $words }” will go to { $space } too.
announcements-withdraw-sure = Withdraw “{ $words }”? It is deleted in every chat, or struck out where I cannot delete it. This cannot be undone.
announcements-withdraw-coming = Withdraw “{ $words }”? It will not go out. This cannot be undone.
announcements-offer =
    { $n ->
        [one] One announcement is still to come in this network. Post it in { $space } too?
       *[other] { $n } announcements are still to come in this network. Post them in { $space } too?
    }
announcements-missed =
    { $n ->
        [one] “{ $words }” ({ $network }) was not posted in 1 chat: { $names }. I could not post there in time, and it was to be { $hours ->
            [1] at most 1 hour late
            [72] at most 3 days late
           *[other] at most { $hours } hours late
        }.
       *[other] “{ $words }” ({ $network }) was not posted in { $n } chats: { $names }. I could not post there in time, and it was to be { $hours ->
            [1] at most 1 hour late
            [72] at most 3 days late
           *[other] at most { $hours } hours late
        }.
    }
announcements-list-coming = Coming
announcements-list-last = The last ones
announcements-list-line = { $when }: { $words }
announcements-list-withdrawn = { $when }: { $words } (withdrawn)
announcements-list-more-coming = More come after these. The calendar page shows them all.
announcements-list-more-paused = More are paused. Say /announce resume and how the words begin.
announcements-list-more-last = There are older ones too. Say /announce show and how the words begin.
announcements-list-empty = There are no announcements yet.
announcements-held-made =
    { $n ->
        [one] That you made 1 announcement.
       *[other] That you made { $n } announcements.
    }
announcements-held-drafts =
    { $n ->
        [one] 1 announcement that you are setting up.
       *[other] { $n } announcements that you are setting up.
    }

# Announcements: what is refused
announcements-unknown = This announcement is not here any more.
announcements-over = That works only while an announcement stands.
announcements-not-coming = It has gone out already, so its time cannot be changed.
announcements-offer-not-there = That announcement is not meant for this chat.
announcements-wrong-no-words = The words are missing.
announcements-wrong-words-long = That is too long: { $length } characters. { $max } is the most, so that it stays one message everywhere.
announcements-wrong-beside = That is too long beside a picture: the words, the link and what the picture shows have { $length } characters together, and { $max } is the most.
announcements-wrong-link = I cannot use that link. It must begin with https:// or http://, such as https://example.org/litter-pick.
announcements-wrong-link-long = That link is too long. { $max } characters is the most.
announcements-wrong-past = That time has passed. Please choose another.
announcements-wrong-pin = I do not understand “{ $value }”. Should the post be pinned?
announcements-wrong-nowhere = No chat has joined there yet, so nobody would see it. Please choose another place.

# What was due and could not be done
announcements-alarm-check =
    { $named ->
        [yes] I could not look where the announcement “{ $title }” was missed.
       *[no] I could not look where an announcement was missed.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
announcements-alarm-series =
    { $named ->
        [yes] The repeated announcement “{ $title }” could not be posted.
       *[no] A repeated announcement could not be posted.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
