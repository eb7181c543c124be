import '@testing-library/jest-dom/vitest'
import { notifications } from '@mantine/notifications'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Whether each candidate is visible is most of what a query by role costs in jsdom.
configure({ asyncUtilTimeout: 5000, defaultHidden: true })
afterEach(() => {
  cleanup()
  notifications.clean() // they outlive the page that showed them, and files share one window
})

// What jsdom lacks and Mantine asks for.
window.matchMedia ??= vi.fn().mockImplementation((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
}))
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.scrollTo = () => undefined
Element.prototype.scrollIntoView ??= () => undefined
if (!document.fonts) {
  const fonts = { addEventListener() {}, removeEventListener() {} }
  Object.defineProperty(document, 'fonts', { value: fonts })
}
