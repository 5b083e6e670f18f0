# /network: the command
network-command = Your network: its areas, chats and people
network-how = I do not know “/network { $verb }”. Say /network alone and use its buttons. With words it goes like this: /network join CODE, /network role CODE, /network area add NAME, /network code, /network invite steering.
network-none = You are not in a network here yet. An admin of a chat can begin one there with /network new NAME, or bring the chat into one with /network join CODE. If you were given a code for a role, say /network role CODE to me in private.
network-do-enter = I have a code
network-do-begin = Begin a network
network-do-role = I have a code for a role
network-in-private = This is for you alone, so it goes on in our private chat.
network-refused-unknown = That belongs to a network that I do not know you in here. Try it in one of its chats, or in our private chat.
network-refused-ending = { $network } has been deleted by its coordinators. Nothing can be changed any more.
network-back = Back
network-page-before = Earlier ones
network-page-after = More
network-nobody = none yet
network-names-more =
    { $n ->
        [one] { $names } and 1 more
       *[other] { $names } and { $n } more
    }
network-unread =
    { $n ->
        [one] 1 could not be read. Please tell whoever runs me.
       *[other] { $n } could not be read. Please tell whoever runs me.
    }
network-somebody = somebody who has left
network-not-said = not said yet
network-all-areas = all areas
network-saved = Saved.
network-verb-new = begin a network in this chat
network-verb-found = begin a network with a code from the server
network-verb-join = bring this chat into a network
network-verb-role = take up a role with a code
network-verb-who = who runs this network
network-verb-area = add, rename or retire an area
network-verb-spaces = the chats of this network
network-verb-leave = this chat leaves the network
network-verb-code = a code that brings in another chat
network-verb-codes = codes that are open
network-verb-invite = a code for a role
network-verb-roles = who has which role
network-verb-settings = name, contact, language, time zone
network-verb-name = give the network another name
network-verb-contact = how people reach you
network-verb-zone = the time zone
network-verb-hide = which small numbers are hidden
network-verb-language = the language
network-verb-health = what did not work
network-verb-pause = stop everything for a while
network-verb-resume = go on after a pause
network-verb-export = a file with what is kept
network-verb-delete = delete the network

# The card
network-is-sample = This is a sample network for trying things out. It cannot join other networks, and other chats cannot join it.
network-is-paused = Paused: polls take no votes and nothing is posted until a coordinator goes on.
network-is-delete-asked = A coordinator has asked to delete this network.
network-fact-areas = Areas
network-fact-area = Area
network-fact-spaces = Chats
network-fact-coordinators = Coordinators
network-fact-others = Other roles
network-fact-mine = Your role
network-fact-name = Name
network-fact-contact = Contact
network-fact-language = Language
network-fact-zone = Time zone
network-fact-hide = Small numbers
network-fact-audience = For
network-fact-state = State
network-spaces-count =
    { $n ->
        [0] none yet
        [one] 1 chat
       *[other] { $n } chats
    }
network-others-count =
    { $steering ->
        [one] 1 in the steering group
       *[other] { $steering } in the steering group
    }, { $makers ->
        [one] 1 decision maker
       *[other] { $makers } decision makers
    }
network-hide-value = hidden below { $n } in each area
network-more =
    { $n ->
        [one] And 1 more chat.
       *[other] And { $n } more chats.
    }
network-audience =
    { $audience ->
        [steering] Steering group
       *[residents] Residents
    }
network-state =
    { $state ->
        [joined] joined
        [joining] joining: its hello is on the way
        [leaving] leaving
        [gone] I am not in this chat any more
       *[left] has left
    }
network-space-line =
    { $title }: { $area }, { $audience ->
        [steering] steering group
       *[residents] residents
    }{ $state ->
        [joined] .
        [joining] {" "}(joining: its hello is on the way).
        [leaving] {" "}(leaving).
        [gone] {" "}(I am not there any more).
       *[left] {" "}(has left).
    }
network-do-areas = Areas
network-do-spaces = Chats
network-do-code = New join code
network-do-codes = Open codes
network-do-roles = People with roles
network-do-invite = Invite somebody
network-do-settings = Settings
network-do-health = What went wrong
network-do-health-bad = What went wrong (look)
network-do-pause = Pause
network-do-resume = Go on
network-do-export = Export
network-do-delete = Delete the network
network-do-my-area = My area
network-do-give-up =
    Give up being { $role ->
        [coordinator] a coordinator
        [steering] in the steering group
       *[decisionMaker] a decision maker
    }
network-who = The coordinators of { $network }: { $names }.
network-who-contact = How to reach them: { $contact }
network-who-no-contact = They have not said yet how to reach them. Ask in one of the network’s chats.

# Health
network-health-title = What went wrong in the last 7 days
network-health-trouble = No posts in { $title }
network-health-trouble-more = And in { $n } more chats. See /network spaces.
network-health-posts = Posts of the last 7 days
network-health-well = all arrived
network-health-failed =
    { $failed ->
        [one] 1 did not arrive
       *[other] { $failed } did not arrive
    }, { $doubled ->
        [one] 1 may stand twice
       *[other] { $doubled } may stand twice
    }
network-health-waiting = Still to be posted
network-health-waiting-count =
    { $n ->
        [one] 1 post
       *[other] { $n } posts
    }
network-health-undone = Could not be done
network-health-undone-more =
    { $n ->
        [one] And one more.
       *[other] And { $n } more.
    }
network-health-backup = Last backup
network-health-no-backup = none yet
network-health-pictures = Pictures
network-health-no-pictures = cannot be read on this server. All the rest works. Its log says why.
network-failed-person = a private message
network-failed-line =
    { $place }, { $when }: { $state ->
        [failed] the chat app did not take it
        [missed] it came too late to be of use
        [gone] the chat or the message is not there any more
        [unsure] it was cut off, so it may or may not be there
       *[doubled] it may stand there twice
    }{ $why ->
        [refused] {" "}(it refused the words or the buttons)
        [forbidden] {" "}(it does not let me)
        [gone] {" "}(the message is gone)
        [moved] {" "}(the chat keeps moving)
        [unreachable] {" "}(the private chat is closed to me)
        [late] {" "}(I was away)
       *[other] {""}
    }.
network-do-retry = Try again what failed
network-retried =
    { $n ->
        [0] There was nothing to try again.
        [one] 1 post is tried again.
       *[other] { $n } posts are tried again.
    }
space-trouble-removed = I was removed from that chat. Add me again, and all is as before.
space-trouble-deleted = That chat was deleted. If there is a new one in its place, add me there and bring it into the network.
space-trouble-archived = That chat was archived, so nobody can write there. Take it out of the archive, and all is as before.
space-trouble-lost = I cannot find that chat any more. It was deleted, or I was removed from it. If it is still there, add me again, and all is as before.
space-trouble-forbidden = I may not write in that chat. Ask an admin there to let me post messages.
space-trouble-edit = I may not change my own posts in that chat, so the numbers there stand still. Ask an admin there to allow it.
space-trouble-platform = I have lost the whole chat app. The person who runs my server has to put that right; then all is as before.
platform-lost-told =
    I have lost { $platform }: it does not let me in any more. So I cannot post in { $n ->
        [one] 1 chat
       *[other] { $n } chats
    } of { $network }, until the person who runs my server puts that right. Nothing is lost, and polls go on everywhere else.

# Beginning a network
network-new-private = A network begins in a chat: an admin of a group says /network new NAME there. Where that cannot be done, the person who runs the server can type: npm run network -- new NAME. That prints a code, and /network found CODE takes it up, here too.
network-new-name = Say the name after it, with { $min } to { $max } characters, such as: /network new East Manchester Community Power
network-new-needs-admin = Only an admin of this chat can begin a network here. Ask one of them to say it.
network-new-admin-unknown = I could not find out who is an admin of this chat. Try again in a minute. If that does not help, the person who runs the server can type: npm run network -- new NAME. That prints a code, and /network found CODE takes it up.
network-new-missing = Before a network can begin here, I need to be allowed this. Then say the same again.
network-founded = { $network } has begun, and you are its first coordinator. A hello is on its way into this chat. Next: add your areas, say how people reach you (Settings), and make a join code for the next chat.
network-founded-by-code = { $network } has begun, and you are its first coordinator. Next: add your areas, say how people reach you (Settings), and make a join code for the first chat.

# Codes
network-code-wrong = That code does not work. It may be mistyped, too old or used already. Ask the person who gave it to you for a new one.
network-code-too-many = Too many codes did not work. Please wait an hour before you try again.
network-code-area-question = Which area is the new chat for?
network-code-audience-question = Who is in that chat?
network-code-made =
    A join code for { $area }, { $audience ->
        [steering] the steering group
       *[residents] residents
    }.
network-code-say = In the other chat, one of its admins says: /network join { $code }
network-code-link = Or follow this link, choose a group that you are an admin of, and it has joined
network-code-how = I must be in that chat first. The code works until { $until }, for several chats. I do not keep it, so this is the only time that you see it. Anybody who has it can bring chats in: revoke it when you do not need it any more.
network-code-brief = Your join code
network-code-line =
    Join code for { $area }, { $audience ->
        [steering] steering group
       *[residents] residents
    }, by { $by }, until { $until }
network-invitation-line =
    Invitation: { $role ->
        [coordinator] coordinator
        [steering] steering group member
       *[decisionMaker] decision maker
    }, by { $by }, until { $until }
network-codes-title = Open codes
network-codes-none = No codes are open.
network-code-revoked = Revoked. That code does not work any more. Chats that have joined with it stay.
network-code-unknown = That code is not open any more.
network-do-revoke = Revoke { $n }
network-sample-code = Other chats cannot join the sample network. To begin a real one, add me to a group on a chat app and say /network new NAME there.
network-sample-closed = The sample network is for trying only. It cannot join another network, and nothing can join it.

# A chat joins
network-join-private = Say that in the chat that is to join: an admin of it says /network join CODE there.
network-join-how = Say it here with the code after it: /network join CODE. I take your message away where I may, so that nobody else can use the code. No code yet? A coordinator of the network makes one with /network code.
network-join-choose = That code brings a chat into { $network }. Open this link and choose a group that you are an admin of.
network-join-choose-link = Choose the group
network-needs-admin = Only an admin of this chat can bring it into a network. Ask one of them to say it.
network-admin-unknown = I could not find out who is an admin of this chat. Please try again in a minute.
network-join-taken =
    { $state ->
        [leaving] This chat is just leaving { $network }. Please try again in ten minutes.
        [joining] This chat is just joining { $network }. Its hello is on the way.
       *[other] This chat already belongs to { $network }. A coordinator can say /network leave here first.
    }
network-join-paused = { $network } is paused just now. Try again when its coordinators go on.
network-join-missing = Nearly there. Before this chat can join, I need to be allowed this:
network-join-missing-then = When that is done, say the same again in that chat.
network-do-try-again = Try again
network-space-untitled = a chat without a name
network-joining = I am posting a hello in this chat for { $network }. When it stands there, the chat has joined, and I tell you so.
network-join-seen = Please delete your message: everybody in this chat can read the code in it, and I may not take it away. The code still works, so others could bring their chats in with it.
network-joined = “{ $space }” has joined { $network }. The hello stands there.
network-joined-told = “{ $space }” has joined { $network }.
network-join-failed = “{ $space }” has not joined { $network }, because I could not post the hello there. { $why } When that is put right, say /network join CODE there again.
network-join-failed-late = It could not be posted in time.
network-join-failed-why = The chat app said: { $why }
network-hello-title = Hello, I am Folkmoot
network-hello-what =
    { $audience ->
        [steering] This chat is now the steering group’s chat of { $network }. I bring the questions of the network here and show what came of them.
       *[residents] This chat is now part of { $network }. I bring the questions of the network here, and everybody answers with a tap. The answers of all its chats are counted together.
    }
network-hello-contact = Who runs it and how to reach them: { $contact }
network-hello-no-contact = The network’s coordinators run it. “Who is that?” below says who they are.
network-hello-kept = What is kept: the name that this chat app shows for you, once you use me; your answers, as each poll says; and your area, if you choose one. What you write to each other here is not kept.
network-hello-guide = /guide says what I can do, /mine shows what is kept about you.
network-hello-guide-button = What can you do?
network-goodbye = This chat leaves { $network }. Polls that stand here are not kept up any more. Answers that were given stay counted. Goodbye, and thank you.
network-goodbye-deleted = { $network } has been deleted by its coordinators. Its polls and what it kept are gone. Goodbye, and thank you.
network-leave-sure = Really? “{ $space }” leaves { $network }. Its polls are not kept up there any more; answers that were given stay counted.
network-left = “{ $space }” is leaving. A goodbye is on its way there.
network-do-leave = Leave the network

# Areas
network-areas-title = Areas
network-areas-count =
    { $n ->
        [0] No areas yet. An area is a neighbourhood: answers are also counted by area.
        [one] 1 area. Tap it to rename or retire it.
       *[other] { $n } areas. Tap one to rename or retire it.
    }
network-area-how = It goes like this: /network area add NAME, /network area rename OLD | NEW, /network area retire NAME
network-area-spaces =
    { $n ->
        [0] No chat is for this area yet.
        [one] 1 chat is for this area.
       *[other] { $n } chats are for this area.
    }
network-area-unknown = That area is not in use any more.
network-area-no-such = There is no area “{ $name }”. /network area shows those there are.
network-join-full = { $network } has { $most } chats, and there can be no more. Another one must leave first.
network-take-full =
    { $role ->
        [coordinator] { $network } has { $most } coordinators, and there can be no more.
        [steering] { $network } has { $most } steering group members, and there can be no more.
       *[other] { $network } has { $most } decision makers, and there can be no more.
    }
network-areas-full = There are { $most } areas in use, and there can be no more. Retire one first.
network-areas-full-ever = There are { $most } areas with the retired ones, and there can be no more. Rename one, or add a retired one again.
network-area-wrong = The name of an area has { $min } to { $max } characters.
network-area-taken = There is an area “{ $name }” already.
network-area-taken-retired = There was an area “{ $name }”, and its answers are kept. Add it again instead, then it is in use with its history.
network-area-added = “{ $name }” is an area now.
network-area-again = “{ $name }” is in use again, with its history.
network-area-renamed = “{ $old }” is called “{ $name }” now.
network-area-retire-sure =
    Really retire “{ $name }”? What was answered there stays. { $n ->
        [0] No chat is for this area.
        [one] Its 1 chat will be for all areas.
       *[other] Its { $n } chats will be for all areas.
    } Join codes for it stop working.
network-area-retired = “{ $name }” is retired. Its chats are for all areas now.
network-do-area-add = Add an area
network-do-rename = Rename
network-do-retire = Retire
network-my-area-question = Which area is yours? It counts for your answers in private and in chats for all areas.
network-my-area-none = This network has no areas yet.
network-my-area-chosen = Your area: { $name }.
network-my-area-taken-back = You have no area now.
network-do-no-area = None of them

# Chats
network-spaces-title = Chats
network-spaces-none = No chat has joined yet. Make a join code and say it in the chat that is to join.
network-space-unknown = That chat is not in this network any more.
network-space-area-question = Which area is “{ $space }” for? Answers that were given there before keep their area.
network-as-network = as the network
network-language-question =
    { $n ->
        [one] Which language? There is only one so far.
       *[other] Which language?
    }
network-do-area = Area
network-do-residents = For residents
network-do-steering = For the steering group
network-do-language = Language
network-do-zone = Time zone

# Roles
network-role =
    { $role ->
        [coordinator] coordinator
        [steering] steering group member
       *[decisionMaker] decision maker
    }
network-role-line =
    { $name }: { $role ->
        [coordinator] coordinator
        [steering] steering group member
       *[decisionMaker] decision maker
    }
network-role-means =
    { $role ->
        [coordinator] Coordinators run the network: they open and close polls, look after its chats and areas, and invite others. Everybody in the network can see your name as a coordinator.
        [steering] The steering group sees how the polls of the whole network stand and answers its own polls. Coordinators can see your name.
       *[decisionMaker] Decision makers are asked about what matters most to people, and answer it. Coordinators can see your name.
    }
network-roles-title = People with roles
network-do-remove =
    Remove: { $name }, { $role ->
        [coordinator] coordinator
        [steering] steering group
       *[decisionMaker] decision maker
    }
network-invite-question = What shall they be?
network-invite-made =
    { $role ->
        [coordinator] An invitation to be a coordinator.
        [steering] An invitation to be in the steering group.
       *[decisionMaker] An invitation to be a decision maker.
    } Give it to one person only.
network-invite-say = They say this to me in private: /network role { $code }
network-invite-link = Or they open this link
network-invite-how = It works once, until { $until }. I do not keep the code, so this is the only time that you see it. They need not be in any of your chats.
network-invite-brief = Your invitation
network-take-question =
    { $role ->
        [coordinator] You are invited to be a coordinator of { $network }.
        [steering] You are invited to be in the steering group of { $network }.
       *[decisionMaker] You are invited to be a decision maker in { $network }.
    }
network-do-take = Yes, I take it
network-do-decline = No
network-declined = All right, nothing was changed. The code still works if you change your mind.
network-take-already =
    You are { $role ->
        [coordinator] a coordinator of { $network }
        [steering] in the steering group of { $network }
       *[decisionMaker] a decision maker in { $network }
    } already. The code still works for somebody else.
network-taken =
    { $role ->
        [coordinator] You are a coordinator of { $network } now.
        [steering] You are in the steering group of { $network } now.
       *[decisionMaker] You are a decision maker in { $network } now.
    }
network-role-gone = That role was taken away already.
network-last-coordinator = A network needs a coordinator, and this is the last one. Invite another one first.
network-remove-sure =
    Really? { $name } will not be { $role ->
        [coordinator] a coordinator
        [steering] in the steering group
       *[decisionMaker] a decision maker
    } of { $network } any more.{ $role ->
        [coordinator] {" "}Codes that they have made stop working.
       *[other] {""}
    }
network-give-up-sure =
    Really? You will not be { $role ->
        [coordinator] a coordinator
        [steering] in the steering group
       *[decisionMaker] a decision maker
    } of { $network } any more.{ $role ->
        [coordinator] {" "}Codes that you have made stop working.
       *[other] {""}
    }
network-removed =
    { $name } is not { $role ->
        [coordinator] a coordinator
        [steering] in the steering group
       *[decisionMaker] a decision maker
    } any more.
network-gave-up =
    You are not { $role ->
        [coordinator] a coordinator
        [steering] in the steering group
       *[decisionMaker] a decision maker
    } any more.
network-told-took =
    { $name } is { $role ->
        [coordinator] a coordinator of { $network }
        [steering] in the steering group of { $network }
       *[decisionMaker] a decision maker in { $network }
    } now.
network-told-removed =
    { $by } has changed the roles of { $network }: { $name } is not { $role ->
        [coordinator] a coordinator
        [steering] in the steering group
       *[decisionMaker] a decision maker
    } any more.
network-told-gave-up =
    { $name } is not { $role ->
        [coordinator] a coordinator of { $network }
        [steering] in the steering group of { $network }
       *[decisionMaker] a decision maker in { $network }
    } any more: they gave it up.

# Settings
network-settings-title = Settings
network-do-name = Name
network-do-contact = Contact
network-do-hide = Small numbers
network-form-save = Save
network-form-area-title = An area
network-form-area-label = What is it called?
network-form-area-hint = A neighbourhood, such as Ardwick.
network-form-name-title = The network’s name
network-form-name-label = What is it called?
network-form-name-hint = It stands in every hello.
network-form-contact-title = Contact
network-form-contact-label = Who runs the network, and how do people reach them?
network-form-contact-hint = Everybody in the network can read it. Leave it empty to say nothing.
network-form-zone-title = Time zone
network-form-zone-label = Which time zone?
network-form-zone-hint = A city, such as London, or a zone, such as Europe/London.
network-form-hide-title = Small numbers
network-form-hide-label = Below how many answers is an area’s line hidden?
network-form-hide-hint = From 5 to 20. A small number could show how one person answered. Polls that are open never show more than they promised.
network-form-enter-title = Bring this chat in
network-form-enter-label = What is the code?
network-form-enter-hint = A coordinator of the network makes it with /network code. It looks like 7KQ2-M9XR-C4TD.
network-form-begin-title = Begin a network
network-form-begin-label = What is it called?
network-form-begin-hint = Such as East Manchester Community Power. You can change it later.
network-form-found-title = Begin a network
network-form-found-label = What is the code?
network-form-found-hint = The person who runs the server makes it. It looks like 7KQ2-M9XR-C4TD.
network-form-code-title = Take up a role
network-form-code-label = What is the code?
network-form-code-hint = It looks like 7KQ2-M9XR-C4TD.
network-name-wrong = A network’s name has { $min } to { $max } characters.
network-contact-wrong = That is too long: { $max } characters at most.
network-zone-wrong = I do not know that time zone. Try a city, such as London, or a zone, such as Europe/London.
network-hide-wrong = Please give a whole number from { $min } to { $max }.

# Pause, export, delete
network-pause-sure = Really pause { $network }? Polls take no votes and nothing is posted until a coordinator goes on.
network-paused = Paused.
network-paused-already = The network is paused already.
network-not-paused = The network is not paused.
network-resumed = The network goes on. What had to wait is posted now.
network-told-paused = { $by } has paused { $network }. Polls take no votes and nothing is posted until a coordinator goes on: /network.
network-export-about = What is kept for { $network }
network-export-what = This file holds the network’s areas, chats, roles and polls. It does not tell how anybody voted. It holds the names of people with roles, so please keep it safe.
network-export-no-files = This chat app cannot carry files. Say it on another one.
network-delete-sure =
    Delete { $network }, with all its polls, votes, areas and roles? Nothing of it can be brought back. { $alone ->
        [yes] You are the only coordinator, so you ask now and confirm after 24 hours.
       *[no] You ask now, and a second coordinator confirms within 7 days.
    } You may want to export it first.
network-do-delete-ask = Ask to delete it
network-delete-waits =
    You have asked to delete { $network }. { $alone ->
        [yes] You are the only coordinator: you can confirm it from { $from } until { $until }, under /network delete.
       *[no] Another coordinator can confirm it until { $until }.
    }
network-delete-confirm = { $name } has asked to delete { $network }, with all its polls, votes, areas and roles. Nothing of it can be brought back. You can confirm it until { $until }.
network-do-delete-yes = Yes, delete everything
network-do-delete-stop = Do not delete it
network-delete-stopped = The network stays. Nothing was deleted.
network-deleted = { $network } is deleted. A goodbye goes to its chats, then everything is gone.
network-told-delete-asked = { $by } has asked to delete { $network }. A second coordinator can confirm it within 7 days, or stop it.
network-told-delete-stopped = { $by } has decided that { $network } stays. Nothing was deleted.
network-told-deleted = { $by } has confirmed it: { $network } is deleted.

# What waits, and what is held
network-waits-trouble = I cannot post in “{ $space }”. { $why }
network-waits-more = There are more chats where I cannot post.
network-waits-delete = A coordinator has asked to delete { $network }. You can confirm it or stop it.
network-held-person = In { $network } you are called { $name }.
network-held-area = Your area: { $area }
network-held-roles = Your roles: { $roles }
network-held-accounts =
    { $n ->
        [one] 1 account is known to be yours.
       *[other] { $n } accounts are known to be yours.
    }
# $chats: each as in network-held-chat; $more: how many others there are.
network-held-chats =
    { $more ->
        [0] Chats where you did something with me: { $chats }.
       *[other] Chats where you did something with me: { $chats } and { $more } more.
    }
network-held-chat = { $chat } (last in { $month })

# What was due and could not be done
network-alarm-join =
    { $named ->
        [yes] { $title } could not finish joining.
       *[no] A chat could not finish joining.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
network-alarm-end =
    { $named ->
        [yes] The network { $title } could not be deleted.
       *[no] A network could not be deleted.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
network-alarm-leave = Chats that leave could not be let go. I try again by myself. If it stays like this, tell whoever runs the bot.
network-alarm-codes = Old wrong codes could not be forgotten. I try again by myself. If it stays like this, tell whoever runs the bot.
network-alarm-sample = I could not fill the sample network. I try again by myself. If it stays like this, tell whoever runs the bot.
network-alarm-platforms = I could not note which platforms work. I try again by myself. If it stays like this, tell whoever runs the bot.
