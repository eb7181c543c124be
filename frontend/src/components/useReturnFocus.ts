import { useEffect } from 'react'

/** Whoever opened the drawer with the keyboard goes on where they were. */
export function useReturnFocus() {
  useEffect(() => {
    const opener = document.activeElement
    return () => {
      requestAnimationFrame(() => {
        const isThere = opener instanceof HTMLElement && opener.isConnected
        const next = isThere ? opener : document.getElementById('page-title')
        next?.focus({ preventScroll: true })
      })
    }
  }, [])
}
