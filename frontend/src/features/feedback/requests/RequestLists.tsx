import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconMessageQuestion, IconSunHigh } from '@tabler/icons-react'
import { useMutation, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { closeFeedbackRequest } from '@/api/gen/sdk.gen'
import type { FeedbackRequest, Respondent } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PersonAvatar } from '@/components/PersonAvatar'
import { PersonLine } from '@/components/PersonLine'
import { useFormat } from '@/i18n/format'
import classes from '../Feedback.module.css'
import { requestFeed, useRefreshFeedback } from '../queries'
import type { FeedbackSearch } from '../search'
import { Questions, useAsked } from './Questions'

interface RequestListsProps {
  onSearch: (change: Partial<FeedbackSearch>) => void
}

function Head({ request }: { request: FeedbackRequest }) {
  const format = useFormat()
  const asked = useAsked()
  return (
    <Group gap="sm" wrap="nowrap">
      <PersonAvatar name={request.requester.name} size={38} />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {asked(request)}
        </Text>
        <Text size="xs" c="dimmed">
          <time dateTime={request.created_at}>{format.elapsed(request.created_at)}</time>
        </Text>
      </div>
    </Group>
  )
}

/** What others would like to hear. */
function Waiting({ onSearch }: RequestListsProps) {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(requestFeed('waiting'))
  const requests = itemsOf(feed.data)
  return (
    <section aria-label={t('requests.waiting')}>
      <Title order={2} mb="md">
        {t('requests.waiting')}
      </Title>
      {requests.length === 0 ? (
        <Card>
          <EmptyState compact icon={IconSunHigh} title={t('requests.noneWaiting')}>
            {t('requests.noneWaitingText')}
          </EmptyState>
        </Card>
      ) : (
        <ul className={classes.list}>
          {requests.map((request) => (
            <li key={request.id}>
              <Card component="article" className={classes.card}>
                <Head request={request} />
                <Questions request={request} />
                <Group gap="xs">
                  <Button size="xs" onClick={() => onSearch({ answer: request.id })}>
                    {t('requests.answer')}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => onSearch({ decline: request.id })}
                  >
                    {t('requests.decline')}
                  </Button>
                </Group>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <LoadMore feed={feed} />
    </section>
  )
}

function RespondentLine({ respondent }: { respondent: Respondent }) {
  const { t } = useTranslation()
  const { person, answered_at, declined_at, feedback_id, reason } = respondent
  const state = answered_at ? 'answered' : declined_at ? 'declined' : 'waiting'
  const color = { answered: 'leaf', declined: 'gray', waiting: 'amber' }[state]
  return (
    <Group component="li" justify="space-between" gap="sm" wrap="nowrap">
      <PersonLine person={person} size={30} note={reason} />
      {feedback_id ? (
        <Button
          size="compact-xs"
          variant="light"
          renderRoot={(props) => (
            <Link to="/feedback/$feedbackId" params={{ feedbackId: feedback_id }} {...props} />
          )}
        >
          {t('requests.read')}
        </Button>
      ) : (
        <Badge color={color} style={{ flexShrink: 0 }}>
          {t(`requests.state.${state}`)}
        </Badge>
      )}
    </Group>
  )
}

function Asked({ request }: { request: FeedbackRequest }) {
  const { t } = useTranslation()
  const refresh = useRefreshFeedback()
  const close = useMutation({
    mutationFn: () =>
      closeFeedbackRequest({
        path: { feedback_request_id: request.id },
        headers: ifMatch(tagOf(request)),
      }),
    onSettled: refresh,
  })
  return (
    <Card component="article" className={classes.card}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Head request={request} />
        {request.closed_at && <Badge color="gray">{t('requests.closed')}</Badge>}
      </Group>
      <Questions request={request} />
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {request.respondents.map((respondent) => (
          <RespondentLine key={respondent.person.id} respondent={respondent} />
        ))}
      </Stack>
      {may(request, 'close') && (
        <Group>
          <ConfirmButton
            size="xs"
            question={t('requests.closeQuestion')}
            confirmLabel={t('requests.close')}
            loading={close.isPending}
            onConfirm={() => close.mutate()}
          >
            {t('requests.close')}
          </ConfirmButton>
        </Group>
      )}
    </Card>
  )
}

/** What one would like to hear oneself. */
function AskedByMe({ onSearch }: RequestListsProps) {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(requestFeed('asked'))
  const requests = itemsOf(feed.data)
  return (
    <section aria-label={t('requests.asked')}>
      <Title order={2} mb="md">
        {t('requests.asked')}
      </Title>
      {requests.length === 0 ? (
        <Card>
          <EmptyState
            icon={IconMessageQuestion}
            title={t('requests.noneAsked')}
            example={t('requests.noneAskedExample')}
            action={<Button onClick={() => onSearch({ ask: true })}>{t('requests.new')}</Button>}
          >
            {t('requests.noneAskedText')}
          </EmptyState>
        </Card>
      ) : (
        <ul className={classes.list}>
          {requests.map((request) => (
            <li key={request.id}>
              <Asked request={request} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore feed={feed} />
    </section>
  )
}

export function RequestLists({ onSearch }: RequestListsProps) {
  return (
    <Stack gap="xl">
      <Waiting onSearch={onSearch} />
      <AskedByMe onSearch={onSearch} />
    </Stack>
  )
}
