import { Button, Code, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCloudOff, IconLock, IconMoodPuzzled } from '@tabler/icons-react'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/problem'
import { useProblemText } from './problemText'

type Kind = 'missing' | 'refused' | 'outage' | 'broken'

const ICON = {
  missing: IconMoodPuzzled,
  refused: IconLock,
  outage: IconCloudOff,
  broken: IconCloudOff,
}

function kindOf(error: unknown): Kind {
  if (!(error instanceof ApiError)) return 'broken'
  if (error.status === 404 || error.status === 422) return 'missing'
  if (error.status === 403) return 'refused'
  return 'outage'
}

/** Where a page or a part of it could not be shown: why, and the way on. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const kind = kindOf(error)
  const Icon = ICON[kind]
  const requestId = error instanceof ApiError ? error.requestId : null
  const retry = onRetry && (kind === 'outage' || kind === 'broken') ? onRetry : null
  return (
    <Stack align="center" gap="sm" py={64} px="md" ta="center" role="alert">
      <ThemeIcon size={56} radius="xl" variant="light" color="gray" aria-hidden>
        <Icon size={28} stroke={1.6} />
      </ThemeIcon>
      <Title order={1} fz={22}>
        {t(`errorPanel.${kind}.title`)}
      </Title>
      <Text c="dimmed" maw={460}>
        {kind === 'refused' && error instanceof ApiError
          ? problemText(error)
          : t(`errorPanel.${kind}.text`)}
      </Text>
      <Group justify="center">
        {retry && <Button onClick={retry}>{t('common.tryAgain')}</Button>}
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('errorPanel.home')}
        </Button>
      </Group>
      {requestId && kind === 'outage' && (
        <Text size="xs" c="dimmed">
          {t('errorPanel.reference')} <Code>{requestId}</Code>
        </Text>
      )}
    </Stack>
  )
}

/** The router's error component: a retry loads the route again. */
export function RouteError({ error }: { error: unknown }) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  useEffect(reset, [reset])
  return <ErrorPanel error={error} onRetry={() => router.invalidate()} />
}

export function NotFound() {
  return <ErrorPanel error={new ApiError({ status: 404 })} />
}
