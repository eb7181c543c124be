import { useCallback, useState } from 'react'
import type { GoalNode } from '@/api/gen/types.gen'

/** Company goals stand open at first, and whatever leads to what a filter found. */
export function useOpenGoals(filtered: boolean) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState<boolean | null>(null)
  const isOpen = useCallback(
    (goal: GoalNode) => {
      const byDefault = all ?? (filtered || goal.level === 'company')
      return byDefault !== turned.has(goal.id)
    },
    [turned, all, filtered],
  )
  const toggle = (goal: GoalNode) =>
    setTurned((before) => {
      const after = new Set(before)
      if (!after.delete(goal.id)) after.add(goal.id)
      return after
    })
  return {
    isOpen,
    toggle,
    all,
    setAll: (open: boolean) => {
      setAll(open)
      setTurned(new Set())
    },
  }
}
