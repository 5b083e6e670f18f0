// @ts-check
// The link works once. Looking at it must not use it up, so the page behind it is sent: by itself where somebody has really opened it, else by its button.

function enter() {
  const [form] = document.forms
  // A tap in between would send it a second time, when it is used up.
  for (const button of form?.querySelectorAll('button') ?? []) button.disabled = true
  form?.submit()
}

// A browser may draw a page before anybody asks for it.
if ('prerendering' in document && document.prerendering) document.addEventListener('prerenderingchange', enter, { once: true })
else if (document.readyState === 'complete') enter()
else addEventListener('load', enter, { once: true })
