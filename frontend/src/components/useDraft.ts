import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { forgetDraft, keepDraft, readDraft } from '@/lib/drafts'

const REST_MS = 800

/** Keeps what is typed on this device, and brings it back when the form is opened again. */
export function useDraft<Values extends object>(form: UseFormReturnType<Values>, name: string) {
  const [found] = useState(() => readDraft<Values>(name))
  const [keptAt, setKeptAt] = useState<string | null>(null)
  const [isBack, setBack] = useState(found !== null)
  const isOver = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is opened
  useEffect(() => {
    if (found) form.setValues(found.values)
  }, [])
  const { values } = form
  useEffect(() => {
    if (!form.isDirty()) return
    const timer = setTimeout(() => {
      if (isOver.current) return
      const at = new Date().toISOString()
      keepDraft(name, values, at)
      setKeptAt(at)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [name, values, form.isDirty])
  return {
    /** Since when it lies here, if it was brought back. */
    backFrom: isBack ? (found?.at ?? null) : null,
    keptAt,
    /** Sent, or discarded. */
    forget: () => {
      isOver.current = true
      forgetDraft(name)
    },
    beginAnew: () => {
      forgetDraft(name)
      form.reset()
      setKeptAt(null)
      setBack(false)
    },
  }
}
