import { Alert, Button, Card, Code, Group, Progress, Stack, Text, ThemeIcon } from '@mantine/core'
import {
  IconDownload,
  IconLink,
  IconLinkOff,
  IconShieldCheck,
  IconShieldQuestion,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { getOperationOptions } from '@/api/gen/@tanstack/react-query.gen'
import { verifyEventLog } from '@/api/gen/sdk.gen'
import type { ChainHead, Verified } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'
import { today } from '@/lib/dates'
import { saveFile } from '@/lib/files'
import { chainHead } from './queries'

const LOOK_AGAIN_MS = 500
const LINK_SHOWN = 16

/** Asks for the walk along the chain and follows it to its end. */
function useVerification() {
  const queryClient = useQueryClient()
  const start = useMutation({ mutationFn: async () => (await verifyEventLog({ body: {} })).data })
  const operation = useQuery({
    ...getOperationOptions({ path: { operation_id: start.data?.id ?? '' } }),
    enabled: start.data !== undefined,
    refetchInterval: ({ state }) => (state.data?.ended_at ? false : LOOK_AGAIN_MS),
  }).data
  const isOver = Boolean(operation?.ended_at)
  useEffect(() => {
    if (isOver) queryClient.invalidateQueries({ queryKey: chainHead().queryKey })
  }, [isOver, queryClient])
  return {
    verify: () => start.mutate(),
    isRunning: start.isPending || (start.data !== undefined && !isOver),
    progress: operation?.progress ?? { done: 0, total: 0 },
    failure: operation?.status === 'failed' ? (operation.failure ?? '') : null,
  }
}

const LOOK = {
  whole: { color: 'leaf', icon: IconShieldCheck },
  broken: { color: 'coral', icon: IconLinkOff },
  unverified: { color: 'gray', icon: IconShieldQuestion },
}

function Outcome({ verified }: { verified: Verified | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { color, icon: Icon } = LOOK[verified?.outcome ?? 'unverified']
  const at = format.number(verified?.broken_at ?? 0)
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" role="status">
      <ThemeIcon variant="light" color={color} size="lg" radius="xl">
        <Icon size={20} aria-hidden />
      </ThemeIcon>
      <div>
        <Text fw={600}>
          {verified?.broken_by
            ? t(`eventLog.chain.broken.${verified.broken_by}`, { at })
            : t(`eventLog.chain.${verified ? 'whole' : 'unverified'}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {verified
            ? t('eventLog.chain.verified', {
                when: format.instant(verified.at),
                position: format.number(verified.position),
              })
            : t('eventLog.chain.text')}
          {verified && verified.erased > 0 && (
            <> {t('eventLog.chain.erased', { count: verified.erased })}</>
          )}
        </Text>
      </div>
    </Group>
  )
}

function Head({ head }: { head: ChainHead }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Group gap={6} c="dimmed">
      <IconLink size={15} aria-hidden />
      <Text size="xs">
        {t('eventLog.chain.head', { position: format.number(head.position) })}
        {head.waiting > 0 && <> · {t('eventLog.chain.waiting', { count: head.waiting })}</>}
      </Text>
      <Code title={head.chain}>{head.chain.slice(0, LINK_SHOWN)}…</Code>
    </Group>
  )
}

/** Whether the log is what it was when it was written, and where its chain ends. */
export function ChainCard() {
  const { t } = useTranslation()
  const { verify, isRunning, progress, failure } = useVerification()
  const head = useQuery(chainHead()).data
  if (head === undefined) return null
  const { count, position, chain, chained_at } = head
  const save = () =>
    saveFile(
      new Blob([JSON.stringify({ count, position, chain, chained_at }, null, 2)], {
        type: 'application/json',
      }),
      `event-log-head-${today()}.json`,
    )
  return (
    <Card component="section" aria-label={t('eventLog.chain.title')} mb="md">
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={8} flex="1 1 300px" miw={0}>
          <Outcome verified={head.verified} />
          <Head head={head} />
        </Stack>
        <Group gap="xs">
          <Button
            variant="subtle"
            leftSection={<IconDownload size={17} />}
            title={t('eventLog.chain.saveWhy')}
            onClick={save}
          >
            {t('eventLog.chain.save')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={17} />}
            loading={isRunning}
            onClick={verify}
          >
            {t('eventLog.chain.verify')}
          </Button>
        </Group>
      </Group>
      {isRunning && (
        <Progress
          mt="md"
          animated
          value={progress.total > 0 ? (progress.done / progress.total) * 100 : 100}
          aria-label={t('eventLog.chain.running')}
        />
      )}
      {failure !== null && (
        <Alert mt="md" color="coral" title={t('eventLog.chain.failed')}>
          {failure}
        </Alert>
      )}
    </Card>
  )
}
