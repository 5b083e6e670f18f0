# Pictures: the fields of a form
pictures-about = What does the picture show?
pictures-about-hint = In a sentence, for people who cannot see it. It is read out to them.
pictures-file = The picture
pictures-file-hint = A JPEG, PNG or GIF of at most 5 MB. I take out the place where it was taken.
pictures-file-kept = Leave this empty to keep the picture that is there.

# Pictures: what is refused
pictures-wrong-none = The picture is missing. Send a JPEG, PNG or GIF of at most 5 MB.
pictures-wrong-no-about = Please say in a sentence what the picture shows, for people who cannot see it.
pictures-wrong-about-long = That is too long: { $length } characters. { $max } is the most.
pictures-wrong-large = This picture is too large: { $size } MB. { $max } MB is the most. Send a smaller copy of it.
pictures-wrong-kind = I cannot use this file. Send a JPEG, PNG or GIF.
pictures-wrong-shape = This picture is { $width } by { $height } pixels, and not every chat app can show that. Cut it, or make it smaller: 10,000 pixels for both sides together, and no side 20 times the other.
pictures-wrong-unread = I could not fetch this picture. Please send it again.
