const SCHEME = 'data-mantine-color-scheme'

/** Paper is white: while a page is printed, dark pages turn light. */
export function printInLight(): void {
  const root = document.documentElement
  let before: string | null = null
  window.matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) before = root.getAttribute(SCHEME)
    const scheme = matches ? 'light' : before
    if (scheme) root.setAttribute(SCHEME, scheme)
  })
}
