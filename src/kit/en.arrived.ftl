# What came of posts that went to several chats
arrived-in-reminded =
    { $n ->
        [0] The reminder came in none of { $of } chats.
       *[other] { $of ->
            [one] The reminder came in 1 chat.
           *[other] Reminded { $n } of { $of } chats.
        }
    }
arrived-in-told =
    { $n ->
        [0] The news of the change came in none of { $of } chats.
       *[other] { $of ->
            [one] The news of the change came in 1 chat.
           *[other] The news of the change came in { $n } of { $of } chats.
        }
    }
arrived-waiting-reminded =
    { $n ->
        [one] The reminder is on its way to 1 chat.
       *[other] The reminder is on its way to { $n } chats.
    }
arrived-waiting-told =
    { $n ->
        [one] The news of the change is on its way to 1 chat.
       *[other] The news of the change is on its way to { $n } chats.
    }
arrived-not = It did not arrive in: { $names }.
arrived-unsure = I do not know whether it arrived in: { $names }.
