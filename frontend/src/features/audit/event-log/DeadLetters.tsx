import { Button, Card, Stack, Text } from '@mantine/core'
import { IconMailCheck, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { redriveDelivery } from '@/api/gen/sdk.gen'
import type { Delivery } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { toastDone } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import { deadLettersFeed } from './queries'
import { useTopics } from './topics'

function RedriveButton({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const redrive = useMutation({
    mutationFn: () => redriveDelivery({ path: { delivery_id: delivery.id } }),
    onSuccess: () => toastDone(t('eventLog.redriven')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: deadLettersFeed().queryKey }),
  })
  if (!may(delivery, 'redrive')) return null
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} />}
      loading={redrive.isPending}
      aria-label={t('eventLog.redriveNamed', { name: delivery.subscriber })}
      onClick={() => redrive.mutate()}
    >
      {t('common.tryAgain')}
    </Button>
  )
}

function useColumns(): Column<Delivery>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const { textOf } = useTopics()
  return [
    {
      key: 'what',
      header: t('eventLog.effect'),
      cell: (row) => (
        <Text size="sm" ff="monospace">
          {row.subscriber}
        </Text>
      ),
    },
    {
      key: 'event',
      header: t('eventLog.event'),
      cell: (row) => (row.event ? textOf(row.event.topic) : t('eventLog.calendar')),
    },
    { key: 'failure', header: t('eventLog.failure'), cell: (row) => row.failure },
    {
      key: 'attempts',
      header: t('eventLog.attempts'),
      align: 'right',
      cell: (row) => row.attempts,
    },
    { key: 'at', header: t('eventLog.lastTried'), cell: (row) => format.instant(row.due_at) },
    {
      key: 'act',
      header: '',
      align: 'right',
      cell: (row) => <RedriveButton delivery={row} />,
    },
  ]
}

function DeadLetterCard({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { textOf } = useTopics()
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" ff="monospace">
        {delivery.subscriber}
      </Text>
      <Text size="xs" c="dimmed">
        {delivery.event ? textOf(delivery.event.topic) : t('eventLog.calendar')} ·{' '}
        {format.instant(delivery.due_at)}
      </Text>
      <Text size="sm">{delivery.failure}</Text>
      <RedriveButton delivery={delivery} />
    </Stack>
  )
}

/** Effects that were tried in vain, for whoever has mended the cause. */
export function DeadLetters() {
  const { t } = useTranslation()
  const columns = useColumns()
  const feed = useSuspenseInfiniteQuery(deadLettersFeed())
  const dead = itemsOf(feed.data)
  if (dead.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconMailCheck} title={t('eventLog.noneDeadTitle')}>
          {t('eventLog.noneDeadText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('eventLog.deadText')}
      </Text>
      <DataTable
        label={t('eventLog.tab.dead')}
        columns={columns}
        rows={dead}
        rowKey={(delivery) => delivery.id}
        card={(delivery) => <DeadLetterCard delivery={delivery} />}
      />
      <LoadMore feed={feed} />
    </>
  )
}
