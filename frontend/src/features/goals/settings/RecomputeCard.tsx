import { Alert, Button, Card, Group, Progress, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconMathFunction } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { getOperationOptions } from '@/api/gen/@tanstack/react-query.gen'
import { recomputeGoals } from '@/api/gen/sdk.gen'
import type { OperationDocument } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'
import { toNumber } from '@/lib/decimal'
import { refreshGoals } from '../queries'

const LOOK_AGAIN_MS = 700

function isOver(operation: OperationDocument | undefined): boolean {
  return operation?.status === 'succeeded' || operation?.status === 'failed'
}

function Result({ operation }: { operation: OperationDocument }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (operation.status === 'failed') {
    return (
      <Alert color="coral" title={t('recompute.failed')}>
        {operation.failure}
      </Alert>
    )
  }
  const { goals, key_results, drift } = operation.result ?? {}
  const difference = String(drift ?? '0')
  return (
    <Alert color="leaf" icon={<IconCircleCheck size={18} />}>
      {t('recompute.result', {
        goals: format.number(Number(goals ?? 0)),
        keyResults: format.number(Number(key_results ?? 0)),
      })}{' '}
      {toNumber(difference) === 0
        ? t('recompute.exact')
        : t('recompute.drift', { drift: difference })}
    </Alert>
  )
}

/** Long work with its progress: all that was rolled up, computed once more from its parts. */
export function RecomputeCard() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const start = useMutation({ mutationFn: async () => (await recomputeGoals()).data })
  const operation = useQuery({
    ...getOperationOptions({ path: { operation_id: start.data?.id ?? '' } }),
    enabled: start.data !== undefined,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : LOOK_AGAIN_MS),
  })
  const over = isOver(operation.data)
  useEffect(() => {
    if (over) refreshGoals(queryClient)
  }, [over, queryClient])
  const isRunning = start.isPending || (start.data !== undefined && !over)
  const { done = 0, total = 0 } = operation.data?.progress ?? {}
  return (
    <Card component="section" aria-label={t('recompute.title')}>
      <Title order={2} mb={4}>
        {t('recompute.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('recompute.text')}
      </Text>
      {isRunning && (
        <Progress
          mb="md"
          animated
          value={total > 0 ? (done / total) * 100 : 100}
          aria-label={t('recompute.running')}
        />
      )}
      {over && operation.data && <Result operation={operation.data} />}
      <Group mt="md">
        <Button
          variant="default"
          leftSection={<IconMathFunction size={17} />}
          loading={isRunning}
          onClick={() => start.mutate()}
        >
          {t('recompute.run')}
        </Button>
      </Group>
    </Card>
  )
}
