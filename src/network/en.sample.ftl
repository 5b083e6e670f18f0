# The sample network in the browser chat
sample-name = East Manchester Community Power (sample)
sample-contact = This is a sample for trying things out. It runs on this computer only.
sample-space = { $area } residents
sample-all-space = East Manchester, all areas
sample-steering-space = Steering group
sample-resident = resident in { $area }
sample-coordinator = coordinator
sample-steering = steering group member
sample-hello = Hello. I am Folkmoot, and this is the chat “{ $space }” of a sample network. A coordinator can say /poll here; everyone can answer with a tap. /guide says more.
# What has happened there before anybody comes. Options stand one on a line.
sample-neighbour =
    { $area ->
        [none] Neighbour { $n }
       *[other] Neighbour { $n }, { $area }
    }
sample-heating = Where should we open a warm room this winter?
sample-heating-options =
    The library
    The community centre
    The church hall
sample-heating-outcome = Most of you chose the library. It opens as a warm room from Monday, ten to four.
sample-winter = What would help most on your street this winter?
sample-winter-options =
    Warmer homes
    More buses
    Brighter street lights
# Lines as a coordinator writes them after the command, with their settings in English.
sample-litter = Litter pick on Saturday at 10. Meet at the park gate. Gloves and bags are there, and so is tea.
sample-advice = Advice on energy bills, free and for everybody: at the library from 10 to 12. | when: every second Tuesday at 9:00
sample-forum = Strengths of our neighbourhood | when: { $day } 18:30 | place: Community centre, main hall

space-trouble-told = I cannot post in “{ $space }” ({ $network }): { $why } Polls go on everywhere else.
space-post-deleted = Somebody deleted a post of mine in “{ $space }” ({ $network }). If it was a poll, its votes still count, and /poll again posts it there once more.
