import { Button, Card, Group, Text } from '@mantine/core'
import { IconCalendarRepeat, IconPencil, IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listGoalCyclesQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { closeGoalCycle } from '@/api/gen/sdk.gen'
import type { GoalCycle } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { PageHeader } from '@/components/PageHeader'
import { StatusBadge } from '@/components/StatusBadge'
import { toastDone } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import { cyclesOptions } from '../queries'
import { CycleDrawer } from './CycleDrawer'

interface CyclesPageProps {
  /** The cycle that is edited, or `new`. */
  editing: string | undefined
  onEdit: (cycleId: string | undefined) => void
}

function CycleActs({ cycle, onEdit }: { cycle: GoalCycle; onEdit: CyclesPageProps['onEdit'] }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const close = useMutation({
    mutationFn: () => closeGoalCycle({ path: { goal_cycle_id: cycle.id } }),
    onSuccess: () => toastDone(t('cycles.closed', { name: cycle.name })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: listGoalCyclesQueryKey() }),
  })
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      {may(cycle, 'edit') && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPencil size={15} />}
          aria-label={t('common.editNamed', { name: cycle.name })}
          onClick={() => onEdit(cycle.id)}
        >
          {t('common.edit')}
        </Button>
      )}
      {may(cycle, 'close') && (
        <ConfirmButton
          size="xs"
          question={t('cycles.closeQuestion')}
          confirmLabel={t('cycles.close')}
          loading={close.isPending}
          aria-label={t('cycles.closeNamed', { name: cycle.name })}
          onConfirm={() => close.mutate()}
        >
          {t('cycles.close')}
        </ConfirmButton>
      )}
    </Group>
  )
}

export function CyclesPage({ editing, onEdit }: CyclesPageProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const { data } = useSuspenseQuery(cyclesOptions())
  const cycles = data.toSorted((a, b) => b.starts_on.localeCompare(a.starts_on))
  const edited = cycles.find(({ id }) => id === editing)
  const add = may(me, 'manage_goal_cycles') && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onEdit('new')}>
      {t('cycles.add')}
    </Button>
  )
  const name = (cycle: GoalCycle) => (
    <Text size="sm" fw={560}>
      <Link to="/goals" search={{ cycle: cycle.id }} className="row-link">
        {cycle.name}
      </Link>
    </Text>
  )
  const period = (cycle: GoalCycle) =>
    `${format.date(cycle.starts_on)} – ${format.date(cycle.ends_on)}`
  const columns: Column<GoalCycle>[] = [
    { key: 'name', header: t('cycles.name'), cell: name },
    { key: 'period', header: t('cycles.period'), cell: period },
    {
      key: 'state',
      header: t('cycles.state'),
      cell: (cycle) => <StatusBadge status={cycle.state} />,
    },
    {
      key: 'acts',
      header: '',
      align: 'right',
      cell: (cycle) => <CycleActs cycle={cycle} onEdit={onEdit} />,
    },
  ]
  return (
    <>
      <PageHeader title={t('cycles.title')} subtitle={t('cycles.subtitle')} actions={add} />
      {cycles.length === 0 ? (
        <Card>
          <EmptyState
            icon={IconCalendarRepeat}
            title={t('cycles.emptyTitle')}
            example={t('cycles.emptyExample')}
            action={add}
          >
            {t('cycles.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <DataTable
          label={t('cycles.title')}
          columns={columns}
          rows={cycles}
          rowKey={({ id }) => id}
          card={(cycle) => (
            <>
              <Group justify="space-between" wrap="nowrap">
                {name(cycle)}
                <StatusBadge status={cycle.state} />
              </Group>
              <Text size="xs" c="dimmed" my={6}>
                {period(cycle)}
              </Text>
              <CycleActs cycle={cycle} onEdit={onEdit} />
            </>
          )}
        />
      )}
      {(editing === 'new' ? may(me, 'manage_goal_cycles') : edited && may(edited, 'edit')) && (
        <CycleDrawer
          key={editing}
          cycle={edited}
          latest={cycles[0]}
          onClosed={() => onEdit(undefined)}
        />
      )}
    </>
  )
}
