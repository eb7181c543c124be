import { Badge, Checkbox, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkIn } from '@/api/gen/sdk.gen'
import type { KeyResult } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { toastUndo } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import { today } from '@/lib/dates'
import { doneOf } from './kinds'
import classes from './MilestoneList.module.css'
import { useRefreshGoals } from './queries'

type Milestone = KeyResult['milestones'][number]

/** A tick is a check-in like any other; undo is another one, since history is never rewritten. */
function useTick(keyResult: KeyResult) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  // At once, not when the request begins: a box must not spring back under the finger.
  const [ticked, setTicked] = useState<string[] | null>(null)
  const report = useMutation({
    onMutate: setTicked,
    mutationFn: (done: string[]) =>
      checkIn({
        path: { key_result_id: keyResult.id },
        body: { done_milestone_ids: done, confidence: keyResult.confidence },
      }),
    onSettled: async () => {
      await refresh()
      setTicked(null)
    },
  })
  const tick = (step: Milestone) => {
    const before = doneOf(keyResult)
    const isDone = before.includes(step.id)
    const after = isDone ? before.filter((id) => id !== step.id) : [...before, step.id]
    setTicked(after)
    report.mutate(after, {
      onSuccess: () =>
        toastUndo(
          t(isDone ? 'milestone.reopened' : 'milestone.done', { title: step.title }),
          t('common.undo'),
          () => report.mutate(before),
        ),
    })
  }
  return { tick, isPending: report.isPending, done: ticked ?? doneOf(keyResult) }
}

function When({ step }: { step: Milestone }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (step.done_at) {
    return (
      <Text size="xs" c="dimmed">
        {t('milestone.doneOn', { date: format.dayOf(step.done_at) })}
      </Text>
    )
  }
  if (!step.due_on) return null
  if (step.due_on < today()) {
    return (
      <Badge size="sm" color="amber">
        {t('milestone.late', { date: format.day(step.due_on) })}
      </Badge>
    )
  }
  return (
    <Text size="xs" c="dimmed">
      {t('goals.due', { date: format.day(step.due_on) })}
    </Text>
  )
}

/** The steps of a key result, ticked where they stand. */
export function MilestoneList({ keyResult }: { keyResult: KeyResult }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { tick, isPending, done } = useTick(keyResult)
  const sameWeight = new Set(keyResult.milestones.map(({ weight }) => weight)).size === 1
  return (
    <ol className={classes.list} aria-label={t('milestone.listOf', { title: keyResult.title })}>
      {keyResult.milestones.map((step) => (
        <li key={step.id} className={classes.step}>
          <Checkbox
            size="sm"
            label={step.title}
            checked={done.includes(step.id)}
            disabled={!may(keyResult, 'check_in')}
            onChange={() => !isPending && tick(step)}
          />
          <When step={step} />
          {!sameWeight && (
            <Text size="xs" c="dimmed">
              {t('milestone.weighs', { weight: format.number(step.weight) })}
            </Text>
          )}
        </li>
      ))}
    </ol>
  )
}
