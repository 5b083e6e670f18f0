# Pictures: the fields of a form
pictures-about = What does the picture show?
pictures-about-hint = In a sentence, for people who cannot see it. It is read out to them.
pictures-file = The picture
pictures-file-hint = A JPEG, PNG, GIF, WebP or AVIF of at most { $max } MB. I take out where it was taken. One that moves will stand still.
pictures-file-kept = Leave this empty to keep the picture that is there.

# Pictures: what is refused
pictures-wrong-none = The picture is missing. Send a JPEG, PNG, GIF, WebP or AVIF of at most { $max } MB.
pictures-wrong-no-about = Please say in a sentence what the picture shows, for people who cannot see it.
pictures-wrong-about-long = That is too long: { $length } characters. { $max } is the most.
pictures-wrong-large = This picture is too large: { $size } MB. { $max } MB is the most. Send a smaller copy of it.
pictures-wrong-kind = I cannot use this file. Send a JPEG, PNG, GIF, WebP or AVIF.
pictures-wrong-heic = This is a HEIC picture, as some phones make them, and I cannot read those. Send it as a photo and not as a file, or save it as a JPEG first.
pictures-wrong-broken = This picture is damaged, or a part of it is missing. Open it, save it again, and send that.
pictures-wrong-slow = It took too long to read this picture. Open it, save it again as a JPEG, and send that.
pictures-wrong-frames = This picture moves, in more than { $max } steps. Send one that stands still.
pictures-wrong-shape = This picture is { $width } by { $height } pixels, and not every chat app can show that. Cut it: no side may be more than { $most } times the other.
pictures-wrong-pixels = This picture is { $width } by { $height } pixels, and I cannot read so many. Make it smaller: { $most } million pixels is the most for this kind.
pictures-wrong-nowhere = I cannot read pictures on the server that I run on. Leave the picture out, and tell who runs the server. What you wrote is kept.
pictures-wrong-unread = I could not fetch this picture. Please send it again.
