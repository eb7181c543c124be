import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'

const SEQUENCE_MS = 900
const TYPING = 'input, textarea, select, [contenteditable], [role="combobox"], [role="textbox"]'

/**
 * Shortcuts of plain keys, "?" or "g h". They keep out of fields and dialogs, and can be switched
 * off, since speech input triggers them by accident (WCAG 2.1.4).
 */
export function useShortcuts(bindings: Record<string, () => void>, enabled: boolean): void {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    if (!enabled) return
    let first: { key: string; at: number } | null = null
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      if (document.querySelector('[aria-modal="true"]')) return
      const isFollowing = first !== null && event.timeStamp - first.at < SEQUENCE_MS
      const keys = isFollowing && first ? `${first.key} ${event.key}` : event.key
      const act = latest.current[keys]
      first = act ? null : { key: event.key, at: event.timeStamp }
      if (act) {
        event.preventDefault()
        act()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}

export function useShortcutPreference() {
  return useLocalStorage({
    key: 'perfapi.plain-shortcuts',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
}
