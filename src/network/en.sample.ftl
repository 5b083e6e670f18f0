# The sample network in the browser chat
sample-name = East Manchester Community Power (sample)
sample-contact = This is a sample for trying things out. It runs on this computer only.
sample-space = { $area } residents
sample-steering-space = Steering group
sample-resident = resident in { $area }
sample-coordinator = coordinator
sample-steering = steering group member
sample-hello = Hello. I am Folkmoot, and this is the chat “{ $space }” of a sample network. A coordinator can say /poll here; everyone can answer with a tap. /guide says more.
space-trouble-told = I cannot post in “{ $space }” ({ $network }): { $why } Polls go on everywhere else.
space-post-deleted = Somebody deleted a post of mine in “{ $space }” ({ $network }). If it was a poll, its votes still count, and /poll again posts it there once more.
