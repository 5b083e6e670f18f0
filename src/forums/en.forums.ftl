# Forums: what is posted
forums-link = Join online, or read more
forums-brief-ahead = { $theme }: { $when }
forums-brief-cancelled = Cancelled: { $theme }, { $when }
forums-fact-when = When
forums-when = { $when }, { $long }
forums-length =
    { $hours ->
        [0] { $minutes } minutes
        [one] { $minutes ->
            [0] 1 hour
           *[other] 1 hour { $minutes } minutes
        }
       *[other] { $minutes ->
            [0] { $hours } hours
           *[other] { $hours } hours { $minutes } minutes
        }
    }
forums-fact-place = Place
forums-place-online = online, by the link below
forums-place-open = not settled yet
forums-fact-directions = How to get there
forums-fact-steps = Way in
forums-steps-yes = step-free
forums-steps-no = with steps
forums-fact-support = There for you
forums-support-interpreter = interpreter
forums-support-childcare = childcare
forums-support-travel = travel costs paid
forums-fact-host = Host
forums-fact-contact = Questions to
forums-figures = Coming { $coming } · Maybe { $maybe } · Can’t { $cant }
forums-places-left =
    { $left ->
        [0] { $capacity ->
            [one] the only seat is taken
           *[other] all { $capacity } seats are taken
        }
        [one] 1 of { $capacity } seats left
       *[other] { $left } of { $capacity } seats left
    }
forums-places-held =
    { $n ->
        [one] 1 seat is held for the waiting list: tap “My answer”
       *[other] { $n } seats are held for the waiting list: tap “My answer”
    }
forums-places-waiting = waiting { $n }
forums-post-who-sees = Only numbers are shown in chats. The host sees the name of everybody who answers.
# Under a forum in the app's own calendar, where people can tap that they are interested.
forums-event-answer = Are you coming? Please say so under the forum in our chat. What you tap here is not counted.
forums-post-changed = Changed { $when }
forums-cancelled = This forum is cancelled.
forums-cancelled-why = This forum is cancelled: { $why }
forums-do-go = I’m coming
forums-do-wait = Put me on the waiting list
forums-do-maybe = Maybe
forums-do-cant = Can’t
forums-do-mine = My answer
forums-news-changed = “{ $theme }” has changed.
forums-news-now = This holds now:
forums-news-ask-chat = If you said that you are coming: can you still come?
forums-news-ask-coming = You said that you are coming. Can you still come?
forums-news-ask-others = Does that still suit you? If not, please change your answer.
forums-do-still = I can still come
forums-do-cannot = I can’t come
forums-news-cancelled = “{ $theme }” is cancelled. It will not be on { $when }.
forums-remind = A reminder: “{ $theme }” is on { $when }.
forums-remind-short = A reminder of “{ $theme }”.
forums-photo = A picture of “{ $theme }”
forums-summary-title = What came out of “{ $theme }”
forums-summary-when =
    { $came ->
        [0] It was on { $when }.
        [one] It was on { $when }. 1 person checked in.
       *[other] It was on { $when }. { $came } people checked in.
    }
forums-summary-outcomes = What we take from it:

# Forums: my answer
forums-mine-none = You have not answered yet.
forums-mine-coming =
    { $with ->
        [0] You are coming, { $when }. You bring nobody else.
        [one] You are coming, { $when }. You bring 1 more person.
       *[other] You are coming, { $when }. You bring { $with } more people.
    }
forums-mine-waiting =
    { $ahead ->
        [0] It is full. You are the first on the waiting list
        [one] It is full. You are on the waiting list, 1 answer is before yours
       *[other] It is full. You are on the waiting list, { $ahead } answers are before yours
    }{ $with ->
        [0] .
        [one] , for you and 1 more person.
       *[other] , for you and { $with } more people.
    }
forums-mine-told = I tell you in private when a seat comes free.
forums-mine-look = I cannot write to you in private: a free seat for you stands in /mine.
forums-mine-look-start = I cannot write to you yet: look into /mine, or press Start in our private chat to be told.
forums-mine-fits =
    { $left ->
        [one] 1 seat is free, but you would be { $party }. Come alone, or wait until there is room for all of you.
       *[other] { $left } seats are free, but you would be { $party }. Come alone or with fewer, or wait until there is room for all of you.
    }
forums-do-alone = I come alone
forums-mine-offered = A seat has come free for you. It is held until { $until }. Will you take it?
forums-mine-maybe = You said: maybe. That holds no seat for you.
forums-mine-cant = You said that you can’t come. Thank you for telling us.
forums-mine-needs = What you need. Only the host sees it. It is deleted { $until }.
forums-mine-remind = I remind you in private.
forums-mine-remind-not = You wanted to be reminded in private, but I cannot write to you.
forums-mine-who-sees = Only the host sees your name. Chats see only numbers.
forums-mine-title =
    { $n ->
        [one] 1 forum ahead that you have answered
       *[other] { $n } forums ahead that you have answered
    }
forums-mine-line = { $theme }: { $when }
forums-do-more = I bring one more
forums-do-fewer = I bring one fewer
forums-do-needs = I need …
forums-do-remind = Remind me in private
forums-do-unremind = Do not remind me
forums-do-file = Calendar file
forums-do-feed = Add to my calendar
forums-do-page = Calendar for coordinators
forums-do-forget = Take my answer back
forums-do-accept = Yes, I take it
forums-do-decline = No, give it to the next
forums-needs-intro = What would help you to take part? For example: a ramp, a sign language interpreter, food without nuts. Only the host sees it, and it is deleted a week after the forum.
forums-needs-first = First say that you are coming, or maybe. Then you can say what you need.
forums-done-needs = Saved. Only the host sees it.
forums-done-remind = I will remind you in private.
forums-done-remind-start = I will remind you in private. For that, please open our private chat once and press Start.
forums-done-remind-closed = Saved. But I cannot write to you in private: your app does not let me. Allow messages from me, or look into /mine.
forums-done-still = Good, you are still coming.
forums-done-unremind = I will not remind you in private.
forums-done-forget = Your answer is deleted, and what you need with it.
forums-answer-over = Answers to this forum are closed.
forums-offer = A seat has come free at “{ $theme }” ({ $when }). It is held for you until { $until }. After that the next person gets it.
forums-lapsed = A seat at “{ $theme }” was held for you until now, and is no longer. If you still want to come, tap “My answer”.
forums-remind-you = A reminder: you said that you are coming to “{ $theme }”.
forums-no-photo = I cannot take pictures here. Please open the forum in another chat app.
forums-no-files = I cannot send files here.
forums-file-about = “{ $theme }” as a calendar file. Open it to put the forum into your calendar.

# Forums: the command and its forms
forums-command = Forums: what is ahead, and how to make one
forums-example = Our streets | when: 14 January 6pm
forums-verb-list = what is ahead, and the last ones
forums-verb-show = look at one
forums-verb-here = check in with the code at the door
forums-verb-new = make a forum
forums-verb-cycle = three forums in one go
forums-verb-edit = change the words
forums-verb-cancel = call it off
forums-verb-who = who is coming
forums-verb-notes = write down what came out of it
forums-verb-summary = post what came out of it
forums-right-way = The right way: /forum Strengths of our neighbourhood | when: 14 January 6pm | place: Community Centre
forums-which = Which forum do you mean?
forums-form-title = A new forum
forums-form-submit = Go on
forums-form-save = Save
forums-form-words = Words
forums-form-time = Time
forums-form-place = Place
forums-form-people = Seats and host
forums-form-cancel = Cancel the forum
forums-field-theme = What is its theme?
forums-hint-theme = For example: Strengths of our neighbourhood
forums-field-about = What is it about?
forums-hint-about = Two or three sentences.
forums-field-agenda = What will happen there?
forums-hint-agenda = One item a line.
forums-field-when = When does it begin?
forums-hint-when = In plain words, such as “14 January 6pm”.
forums-field-length = How long does it last?
forums-hint-length = Such as “2 hours” or “90 minutes”.
forums-field-announce = When should it be announced?
forums-hint-announce = Leave it empty to announce it as soon as you post it.
forums-field-address = Where is it?
forums-hint-address = Name and address. Leave it empty if it is online.
forums-field-directions = How do people get there?
forums-hint-directions = Bus, tram, which door.
forums-field-link = A link
forums-hint-link = To join online, or to read more.
forums-field-capacity = How many seats are there for people?
forums-hint-capacity = A number. Leave it empty if there is room for all.
forums-field-host = Who hosts it?
forums-hint-host = A name or a group, as people should read it.
forums-field-contact = Whom can people ask?
forums-hint-contact = A phone number or an address.
forums-field-needs = What do you need to take part?
forums-hint-needs = Leave it empty to delete what you said.
forums-field-why = Why?
forums-hint-why = People will read this. You can leave it empty.
forums-field-notes = What was said?
forums-hint-notes = In a few sentences, without names of people who did not agree.
forums-field-outcomes = What came out of it?
forums-hint-outcomes = One a line.
forums-field-first = When is the first one?
forums-hint-first = In plain words, such as “14 January 6pm”.
forums-field-weeks = How many weeks between them?
forums-hint-weeks = A number. Leave it empty for 4.

# Forums: the cards
forums-draft-title = Your forum, not posted yet
forums-draft-post = Post
forums-draft-preview = Preview
# What a button in the preview says that it will do.
forums-preview-answer = When the forum is posted, a press here says whether somebody comes. Nothing is counted in a preview.
forums-preview-mine = When the forum is posted, a press here shows people their own answer, to change it or take it back.
forums-draft-drop = Throw away
forums-draft-dropped = Thrown away. Nothing was posted.
forums-draft-gone = This draft is not here any more. Begin again with /forum new.
forums-set-where = Which chats
forums-set-chats = Choose single chats
forums-set-options = Access and reminders
forums-options-question = What is there for people, and when should I remind them? Tap what holds; tap it again to take it back.
forums-when-missing = not set yet
forums-fact-announced = Announced
forums-announced-now = as soon as you post it
forums-fact-link = Link
forums-fact-capacity = Seats
forums-capacity-none = room for all
forums-capacity = { $n }
forums-fact-remind = Reminders
forums-before-10080 = a week before
forums-before-1440 = a day before
forums-before-60 = an hour before
forums-before-none = none
forums-posted = Done. Here you see how it goes.
forums-stage-planned = It will be announced { $when }. Until then only coordinators know of it.
forums-stage-ahead = It was announced { $when }.
forums-stage-on = It is on now.
forums-stage-over = It is over.
forums-stage-cancelled = It is cancelled.
forums-stands-in =
    { $n ->
        [0] It stands in no chat.
        [one] It stands in 1 chat.
       *[other] It stands in { $n } chats.
    }
forums-on-its-way =
    { $n ->
        [one] It is on its way to 1 chat.
       *[other] It is on its way to { $n } chats.
    }
forums-trouble = It could not be posted in these chats:
forums-summary-done = What came out of it was posted.
forums-not-host = Somebody else hosts this forum, and they alone see names and needs.
forums-do-list = All forums
forums-do-who = Who is coming
forums-do-wants = What people need
forums-do-host = Take over as host
forums-do-show = Look again
forums-do-look = Look at it
forums-do-again = Try again
forums-do-notes = Notes and outcomes
forums-do-photo = Picture
forums-do-summary = Post what came out of it
forums-do-missed = Ask what we missed
forums-do-here = Code at the door
forums-do-cancel = Cancel it
forums-done-changed = Changed.
forums-done-cancel = Cancelled. The posts say so, and everybody who answered is told in private where I can write to them.
forums-change-title = What changes in “{ $theme }”
forums-change-not-yet = Nothing is sent before you press “Send it”.
forums-change-theme = Theme
forums-change-about = What it is about
forums-change-agenda = What will happen there
forums-change-length = Length
forums-change-line = { $from } → { $to }
forums-change-nothing = nothing
forums-change-told =
    { $chats ->
        [0] It stands in no chat, so no chat is told.
        [one] It is told in 1 chat.
       *[other] It is told in { $chats } chats.
    } { $answers ->
        [0] Nobody has answered yet.
        [one] 1 person who has answered is told in private, where I can write to them. Who comes is asked whether they still can.
       *[other] { $answers } people who have answered are told in private, where I can write to them. Who comes is asked whether they still can.
    }
forums-change-quiet =
    { $chats ->
        [0] It stands in no chat.
        [one] The post changes in 1 chat. Nobody gets a message.
       *[other] The post changes in { $chats } chats. Nobody gets a message.
    }
forums-change-send = Send it
forums-change-look = Look at your change
forums-change-waits = You have begun a change that is not sent yet.
forums-change-none = Nothing is different, so nothing changes.
forums-change-left = Thrown away. Nothing has changed.
forums-change-moved = Somebody else has changed this meanwhile. Please look at it again:
forums-change-sent = Done. Here you see how it goes.
forums-over-by =
    { $n ->
        [one] 1 more person comes than there are seats. Nobody is thrown out, and nobody new gets a seat.
       *[other] { $n } more people come than there are seats. Nobody is thrown out, and nobody new gets a seat.
    }
forums-over-told-host =
    “{ $theme }” has fewer seats now. { $n ->
        [one] 1 more person comes than there are seats.
       *[other] { $n } more people come than there are seats.
    } Nobody was thrown out, and nobody new gets a seat.
forums-still-said =
    { $n ->
        [one] 1 of those who come has said after the change that they still can.
       *[other] { $n } of those who come have said after the change that they still can.
    }
forums-guest-still = { $line } (said so again after the change)
forums-done-host = You host this forum now. You see names and needs; the one before no longer does.
forums-done-notes-there = Saved. It changes in every chat where it stands.
forums-done-notes = Saved. It is in no chat until you post it.
forums-done-photo-there = The picture is changed in every chat where it stands.
forums-done-photo = The picture is saved. It is in no chat until you post what came out of it.
forums-done-summary =
    { $n ->
        [one] It goes to 1 chat.
       *[other] It goes to { $n } chats.
    }
forums-done-missed = The question is open in the same chats, for a week.
forums-done-again =
    { $n ->
        [0] There is nothing to try again.
        [one] I try again in 1 chat.
       *[other] I try again in { $n } chats.
    }
forums-done-offer = “{ $theme }” will stand in { $space } too.
forums-host-told = { $name } now hosts “{ $theme }” and sees the names and needs of those who come.
forums-guests-title = Who answered: { $theme }
forums-guests-none = Nobody has answered yet.
forums-guests-keep = These names are for you as the host. Please do not pass them on.
forums-guest-coming =
    { $with ->
        [0] { $name }: coming
       *[other] { $name }: coming, and { $with } more
    }
forums-guest-offered = { $name }: a seat is held
forums-guest-waiting =
    { $with ->
        [0] { $name }: on the waiting list
       *[other] { $name }: on the waiting list, and { $with } more
    }
forums-guest-maybe = { $name }: maybe
forums-guest-cant = { $name }: can’t
forums-guest-came = { $line } (was there)
forums-wants-title = What people need: { $theme }
forums-wants-line = { $name }: { $needs }
forums-wants-none = Nobody has said that they need something.
forums-wants-keep = For you alone. I delete it { $when }.
forums-list-ahead = Ahead
forums-list-last = The last ones
forums-list-line = { $when }: { $theme } ({ $place })
forums-list-online = online
forums-list-open = where is not settled yet
forums-list-cancelled = { $when }: { $theme } (cancelled)
forums-list-over =
    { $n ->
        [0] { $when }: { $theme }
        [one] { $when }: { $theme } (1 outcome)
       *[other] { $when }: { $theme } ({ $n } outcomes)
    }
forums-list-more = More forums come after these. Say /forum show and how the theme begins.
forums-list-empty = No forums are planned.
forums-offer-space =
    { $n ->
        [one] One forum is ahead in this network. Announce it in { $space } too?
       *[other] { $n } forums are ahead in this network. Announce them in { $space } too?
    }

# Forums: at the door and afterwards
forums-here-code = “{ $theme }”: people check in by writing /forum here { $code }
forums-here-link = { $text }
    Or by this link: { $link }
forums-here-print = Print this picture and hang it at the door: phones read it with their camera.
forums-here-picture = A square code for cameras. It says: { $text } ({ $theme })
forums-here-question = “{ $theme }”: are you here now?
forums-do-arrive = I am here
forums-here-done = You are here. Welcome to “{ $theme }”.
forums-here-wrong = That code does not open a forum now. It works from an hour before a forum until two hours after it.
forums-here-closed = You can check in from an hour before the forum until two hours after it.
forums-door-title = Check in
forums-door-label = What is the code?
forums-door-hint = You see it at the door of the forum.
forums-here-how = Write /forum here and the code that you see at the door.
forums-not-yet = That works once the forum has begun.
forums-missed-question = “{ $theme }”: what did we miss?
forums-missed-nothing = Nothing, all was said
forums-missed-other = Something is missing
forums-missed-there = That question is open already, or was.
forums-missed-failed = I could not open the question. Has a chat joined there?
forums-over-told =
    { $came ->
        [0] “{ $theme }” is over. What came out of it? You can write it down now, and post it when you like.
        [one] “{ $theme }” is over, 1 person checked in. What came out of it? You can write it down now, and post it when you like.
       *[other] “{ $theme }” is over, { $came } people checked in. What came out of it? You can write it down now, and post it when you like.
    }
forums-missed-in = Not all chats got the post or the reminder of “{ $theme }” before it began: { $names }.
forums-missed-reminder = The last reminder of “{ $theme }” did not go out, because I was away at that time.

# Forums: the cycle
forums-cycle-title = Three forums in one go
forums-cycle-done =
    { $polls ->
        [0] Done: 3 forums. Change each of them as you like.
        [one] Done: 3 forums and 1 poll. Change each of them as you like.
       *[other] Done: 3 forums and { $polls } polls. Change each of them as you like.
    }
forums-cycle-draft-title = Three forums, not posted yet
forums-cycle-nothing-yet = Nothing goes out before you press “Post”. This is what will go out, and when:
forums-cycle-when = Forum: { $when }, { $long }
forums-cycle-announced = Announced: { $when }
forums-cycle-announced-now = Announced: as soon as you press “Post”
forums-cycle-poll = Poll: “{ $question }” ({ $options }), from { $opens } to { $closes }
forums-cycle-poll-now = Poll: “{ $question }” ({ $options }), from now to { $closes }
forums-cycle-poll-none = No poll: the forum is too near for one.
forums-cycle-plan = Time and place
forums-cycle-strengths = Strengths
forums-cycle-strengths-about = What is already good in our neighbourhood, and how do we make it stronger?
forums-cycle-strengths-agenda-1 = Welcome
forums-cycle-strengths-agenda-2 = What is strong here
forums-cycle-strengths-agenda-3 = What would make it stronger
forums-cycle-strengths-question = What is strong in our neighbourhood?
forums-cycle-strengths-option-1 = People who help each other
forums-cycle-strengths-option-2 = Groups and places to meet
forums-cycle-strengths-option-3 = Parks and green places
forums-cycle-challenges = Challenges and their roots
forums-cycle-challenges-about = What makes life hard here, where does it come from, and what helps now?
forums-cycle-challenges-agenda-1 = What we heard last time
forums-cycle-challenges-agenda-2 = What is hard, and its roots
forums-cycle-challenges-agenda-3 = What helps now
forums-cycle-challenges-question = What makes life hard in our neighbourhood?
forums-cycle-challenges-option-1 = Cost of living
forums-cycle-challenges-option-2 = Homes
forums-cycle-challenges-option-3 = Health and loneliness
forums-cycle-actions = Actions
forums-cycle-actions-about = What do we do about it, who does it, and by when?
forums-cycle-actions-agenda-1 = What matters most
forums-cycle-actions-agenda-2 = Who does what by when
forums-cycle-actions-agenda-3 = How we hear of it
forums-cycle-actions-question = What should we do first?
forums-cycle-actions-option-1 = Something that we can do ourselves
forums-cycle-actions-option-2 = Something to ask the council for
forums-cycle-actions-option-3 = Something to do together with others

# Forums: what is held
forums-held-said =
    { $n ->
        [one] Your answer to 1 forum.
       *[other] Your answers to { $n } forums.
    }
forums-held-needs =
    { $n ->
        [one] What you need at 1 forum.
       *[other] What you need at { $n } forums.
    }
forums-held-made =
    { $n ->
        [one] That you made 1 forum.
       *[other] That you made { $n } forums.
    }
forums-held-drafts =
    { $n ->
        [one] 1 forum that you are setting up.
       *[other] { $n } forums that you are setting up.
    }

# Forums: what is refused
forums-unknown = This forum is not here, or not for this chat.
forums-over = That does not work any more: this forum is over or cancelled.
forums-host-only = Only the host sees that. A coordinator can take over as host.
forums-offer-not-there = That forum is not meant for this chat.
forums-wrong-no-theme = The theme is missing.
forums-wrong-no-time = It has no time yet. When does it begin?
forums-wrong-past = That time has passed. Please choose another.
forums-wrong-announce = It must be announced before it begins.
forums-wrong-announced = It has been announced already, so that time cannot be changed.
forums-wrong-nowhere = No chat has joined there yet, so nobody would see it. Please choose another place.
forums-wrong-long = That is too long: { $length } characters. { $max } is the most.
forums-wrong-together = All the words together do not fit into one message. Please make some of them shorter.
forums-wrong-agenda = That is too much: at most { $most } lines of { $letters } characters each.
forums-wrong-length = I do not understand how long. Say something like “2 hours” or “90 minutes”: at least { $least } minutes, at most { $most } hours.
forums-wrong-link = I cannot use that link. It must begin with https:// or http://, such as https://example.org/forum.
forums-wrong-capacity = That is no number of seats. Say a whole number from 1 to { $most }, or leave it empty.
forums-wrong-weeks = Say a whole number of weeks, from { $least } to { $most }.
forums-wrong-party = You can come with at most { $most } people, yourself among them.
forums-wrong-full =
    { $left ->
        [0] No more seats are free, so it stays as it was.
        [one] Only 1 seat is free, so it stays as it was.
       *[other] Only { $left } seats are free, so it stays as it was.
    }

# Forums: what meetings and residents read of them
forums-pack-when = Held { $when }
forums-pack-people = Said that they come: { $coming } · Checked in: { $came }
forums-pack-outcome = Outcome: { $outcome }
forums-bulletin-ahead = “{ $theme }”: { $when }
forums-bulletin-outcomes = What came out of “{ $theme }”: { $outcomes }
forums-bulletin-notes = What came out of “{ $theme }” is written down in our chats.

# What was due and could not be done
forums-alarm-look =
    { $named ->
        [yes] The forum “{ $title }” could not be looked after. Its reminders may be late.
       *[no] A forum could not be looked after. Its reminders may be late.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
