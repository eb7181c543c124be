import { Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown, IconRefresh, IconUserCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch } from '@/api/etags'
import { updateGoal } from '@/api/gen/sdk.gen'
import type { Goal, GoalDetail } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { StatusBadge } from '@/components/StatusBadge'
import { toastUndo } from '@/components/toasts'
import { refreshGoals } from './queries'

type Judged = NonNullable<GoalDetail['manual_status']>

const STATUSES = ['on_track', 'at_risk', 'off_track'] as const satisfies readonly Judged[]

/** How a goal stands, and whether somebody said so rather than its numbers. */
export function GoalStatusBadge({
  goal,
}: {
  goal: Pick<Goal, 'state' | 'status' | 'status_source'>
}) {
  const { t } = useTranslation()
  const isActive = goal.state === 'active'
  const badge = <StatusBadge status={isActive ? (goal.status ?? 'active') : goal.state} />
  if (!isActive || goal.status_source !== 'manual') return badge
  const by = t('goalStatus.byHand')
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, flexShrink: 0 }}>
      {badge}
      <Tooltip label={by}>
        <IconUserCheck size={15} role="img" aria-label={by} color="var(--mantine-color-dimmed)" />
      </Tooltip>
    </span>
  )
}

/** The status with the right to judge differently: it stands until it is given back. */
export function GoalStatusMenu({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const judge = useMutation({
    mutationFn: (manual_status: Judged | null) =>
      updateGoal({
        path: { goal_id: goal.id },
        body: { manual_status },
        headers: ifMatch(ANY_VERSION),
      }),
    onSettled: () => refreshGoals(queryClient),
  })
  if (goal.state !== 'active' || !may(goal, 'edit')) return <GoalStatusBadge goal={goal} />
  const say = (status: Judged | null) => {
    const before = goal.manual_status
    if (status === before) return
    judge.mutate(status, {
      onSuccess: () =>
        toastUndo(t(status ? 'goalStatus.said' : 'goalStatus.derived'), t('common.undo'), () =>
          judge.mutate(before),
        ),
    })
  }
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton
          className="on-paper"
          aria-label={t('goalStatus.change', { status: t(`status.${goal.status ?? 'active'}`) })}
          style={{ display: 'inline-flex', alignItems: 'center', gap: 4, flexShrink: 0 }}
        >
          <GoalStatusBadge goal={goal} />
          <IconChevronDown size={15} color="var(--mantine-color-dimmed)" className="no-print" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('goalStatus.judge')}</Menu.Label>
        {STATUSES.map((status) => (
          <Menu.Item
            key={status}
            rightSection={goal.manual_status === status && <IconCheck size={15} />}
            onClick={() => say(status)}
          >
            <StatusBadge status={status} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconRefresh size={16} stroke={1.7} />}
          rightSection={goal.manual_status === null && <IconCheck size={15} />}
          onClick={() => say(null)}
        >
          {t('goalStatus.derive')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
