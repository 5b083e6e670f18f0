# The house itself
app-no-command = I do not know /{ $name }. See /guide for what I can do.
app-no-network-here = This chat has not joined a network yet. An admin of this chat can say /network new NAME, or /network join CODE with a code from a network’s coordinator.
app-no-network-private = I do not know yet which network you belong to. Use me once in a chat of your network, then this works here too.
app-which-network = You are in more than one network. Which one is this about?
app-pick-network = Choose the network
app-network-chosen = In this chat we now talk about { $name }.
app-needs-role =
    This one needs { $role ->
        [coordinator] a coordinator
        [steering] a member of the steering group
       *[other] a decision maker
    }.
app-who = Who is that?
app-old-button = This button is not in use any more.
app-dead-link = This link opens nothing for you. It may be old, or made by somebody else.
app-guide-button = What can you do?
app-wordless = I cannot read that. I understand words, commands and taps on my buttons, and a picture when I have asked for one. Say /guide to see what I can do.
app-not-understood = I did not understand that. Say /guide to see what I can do.
app-nothing-waits = Nothing waits for you.
# To somebody who has not done anything in a chat yet.
app-nothing-yet = I do not know yet which chats you are in. Tap a button of mine in one of them, and what is open there stands here too.
app-open-there = Open in your chats
app-open-there-how = Tap your answer in that chat. From then on it stands here too.
# Under what Home shows in place of its first page.
app-home-back = Back
app-sorry = Something went wrong on my side, and nothing was changed. Please try again.
app-unreadable = I have kept this, but I cannot read it any more. Nothing was changed. Please tell whoever runs me, or make it anew.
# Said when the store cannot be reached or its disk is full. The first two where the chat app keeps what was done, so that it is done later. At most 190 characters.
app-away-vote-later = I cannot write anything down just now. I will when I can: My vote shows it.
app-away-later = I cannot write anything down just now. I will when I can.
app-away-tap = I cannot write anything down just now. Please tap again in a minute.
app-away-again = I cannot write anything down just now. If I have not answered in a minute, please send it again.
app-too-fast = That was a lot at once. Please wait a moment and tap again.
app-nameless = I cannot tell who you are when you write as the chat itself. Please write as yourself, then this works.
app-back = I am back in this chat.
app-new-here = Hello, I am Folkmoot. I run polls across the chats of a community network. An admin of this chat can say /network new NAME to begin a network, or /network join CODE to join one.
app-told-in-private = I have answered you in our private chat.
app-waits-in-private = My answer is private. Open our private chat and it is there.
app-open-private = Open private chat
# Stands above an answer that waited.
app-waited-command =
    { $chat ->
        [none] This answers your /{ $command }.
       *[other] This answers your /{ $command } in { $chat }.
    }
app-waited-tap = This answers your tap in { $chat }.
app-waiting-shown = That is all that was waiting for you.
app-ask-in-private = { $title }: I ask you the questions in our private chat, one by one.

# Forms, question by question
asking-question = { $n } of { $of }. { $label }
asking-now = Now: { $value }
asking-skip = Leave empty
asking-keep = Keep it
asking-stop = Stop
asking-stopped = Stopped. Nothing was changed.
asking-over = This question is over.
asking-choose = Please choose one of these.
asking-picture = Please send a picture, as a photo or as a file.
asking-words = Please answer in words.
asking-too-long = That is too long: { $length } characters, { $max } is the most.
asking-not-here = I take no answer to my question here, where all can read it. Please answer in our private chat.

# Times
time-pick-day = Or pick a day
time-pick-hour = and an hour
time-not-understood = I do not understand “{ $said }” as a time.
time-no-word = I understand a part of that, but not “{ $said }”.
time-no-one-way = “{ $said }” can mean more than one time.
time-no-one = “{ $said }” names more than one time. Please say one.
time-no-clock = There is no such time of day as “{ $said }”.
time-no-date = There is no such day as “{ $said }”.
time-no-month = In “{ $said }” the day comes first, then the month. There is no such month.
time-no-weekday = “{ $said }” does not fit: that day is { $day }.
time-no-part = “{ $said }” is not at that part of the day.
time-no-hour = Please say at what hour too, not only “{ $said }”.
time-no-zone = On that day the clocks do not show “{ $said }”.
time-past = That time has passed: { $when }.
time-too-far = That is too far away. Five years from now is the most.
time-maybe = Did you mean { $nearest }?
time-example = Try “Friday 6pm” or “5 December 18:00”.
time-another = Another time
time-span = I take the beginning: { $when }. The end is not kept here.
time-skipped = The clocks go forward on that day and jump over the time that you said. It will be { $when }.
time-twice = The clocks go back on that day, and the time that you said comes twice. I take the first: { $when }.

# /guide and /mine
guide-command = What this bot is and how to use it
guide-mine-command = What waits for you, and what is held about you
guide-title = Folkmoot
guide-what = I ask, announce and invite in all chats of a community network at once, and count all answers together.
guide-network = This is the network { $name }.
guide-contact = Who runs it: { $contact }
guide-no-network = This chat belongs to no network yet.
guide-mine-title = For you
guide-mine-area = Your area: { $area }
guide-mine-no-area = Your area: not said
guide-mine-held = What is held about you
guide-mine-kept = How long it is kept
guide-kept-rest = All else stays until the network is deleted.
guide-area-button = Choose my area
guide-mine-button = What waits for me
guide-held-name = Your name as the chat app gives it: { $name }

# A post before it is posted, as each chat app will show it. $platform is its name.
app-preview-buttons = A preview: only you see it. It is not posted yet. Press a button to see what it will do.
app-preview-platforms = Chat apps differ a little. See it as on:
app-differs-nothing = On { $platform } it looks just like this.
app-differs = On { $platform } it looks like this. What is different there:
app-differs-too-long = It is too long for one message there, so it cannot be posted. Shorten it.
app-differs-parts = It is cut into { $n } messages.
app-differs-no-picture = Pictures cannot be shown. Words say what it shows.
app-differs-alt = What the picture shows is written under it, for everybody to read.
app-differs-time = Times are not shown on each reader’s own clock.
app-differs-labels = Long buttons are cut to { $max } characters.
app-differs-pin = I cannot pin messages there.
app-differs-remove = I cannot delete messages there, so it cannot be taken back.

# How long things are kept: one line for each kind
app-kept-time =
    { $unit ->
        [hours] { $n ->
            [one] 1 hour
           *[other] { $n } hours
        }
       *[days] { $n ->
            [one] 1 day
           *[other] { $n } days
        }
    }
kept-drafts = What you are setting up: { $time } after you last changed it.
kept-left = What you wrote for a coordinator: { $time }.
kept-questions = A form that you did not finish: { $time } after your last answer.
kept-waiting = An answer that I could not give you: { $time }.
kept-private = What I wrote to you in private: its words go when it is sent. That I wrote to you: { $time }.
kept-answers = The number of each thing that you did, so that nothing counts twice, often with my answer: { $time }.
kept-pictures = A picture that no post uses: { $time }.
kept-needs = What you need at a forum: { $time } after it.
kept-links = A calendar link that has ended: { $time }.
kept-acts = In which chats you did something with me, and in which month you last did: { $time } from that month on.
kept-posts = The words of a single message in a chat, such as a reminder: { $time }.
kept-records = That a post could not be sent, or was taken away: { $time }.
kept-codes = A code for joining or for a role: { $time } after its last day.
kept-tries = That somebody tried a wrong code: { $time }.

# What was due and could not be done
app-alarm-events = Something that has happened could not be told to another part of me. I try again by myself. If it stays like this, tell whoever runs the bot.
app-alarm-delivery = I could not look for what is to be posted. I try again by myself. If it stays like this, tell whoever runs the bot.
app-alarm-sweep = Old notes of mine could not be swept away. I try again by myself. If it stays like this, tell whoever runs the bot.
app-alarm-backup = The backup could not be made. I try again by myself. If it stays like this, tell whoever runs the bot.
