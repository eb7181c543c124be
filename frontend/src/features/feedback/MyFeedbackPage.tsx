import { Button, Card, Tabs } from '@mantine/core'
import { IconHeartHandshake, IconInbox, IconMessageQuestion, IconPencil } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { RowsSkeleton } from '@/components/Skeletons'
import classes from './Feedback.module.css'
import { FeedbackCard } from './FeedbackCard'
import { feedbackFeed } from './queries'
import { RequestLists } from './requests/RequestLists'
import { type FeedbackSearch, type FeedbackTab, TABS } from './search'

type Box = Exclude<FeedbackTab, 'requests'>

interface MyFeedbackPageProps {
  search: FeedbackSearch
  onSearch: (change: Partial<FeedbackSearch>) => void
}

function NothingIn({ box, onSearch }: { box: Box; onSearch: MyFeedbackPageProps['onSearch'] }) {
  const { t } = useTranslation()
  const act = {
    received: <Button onClick={() => onSearch({ ask: true })}>{t('requests.new')}</Button>,
    given: <Button onClick={() => onSearch({ give: 'praise' })}>{t('praise.give')}</Button>,
    reports: null,
  }
  return (
    <Card>
      <EmptyState
        icon={IconInbox}
        title={t(`feedback.empty.${box}.title`)}
        example={t(`feedback.empty.${box}.example`)}
        action={act[box]}
      >
        {t(`feedback.empty.${box}.text`)}
      </EmptyState>
    </Card>
  )
}

function FeedbackIn({ box, onSearch }: { box: Box; onSearch: MyFeedbackPageProps['onSearch'] }) {
  const feed = useSuspenseInfiniteQuery(feedbackFeed({ box }))
  const feedback = itemsOf(feed.data)
  if (feedback.length === 0) return <NothingIn box={box} onSearch={onSearch} />
  return (
    <>
      <ul className={classes.list}>
        {feedback.map((one) => (
          <li key={one.id}>
            <FeedbackCard feedback={one} />
          </li>
        ))}
      </ul>
      <LoadMore feed={feed} />
    </>
  )
}

/** What one received and gave, what the team heard, and who waits for an answer. */
export function MyFeedbackPage({ search, onSearch }: MyFeedbackPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const tabs = TABS.filter((tab) => tab !== 'reports' || me.manages_people)
  const shown = tabs.find((tab) => tab === search.tab) ?? 'received'
  return (
    <>
      <PageHeader
        title={t('feedback.pageTitle')}
        subtitle={t('feedback.pageSubtitle')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconHeartHandshake size={17} />}
              renderRoot={(props) => <Link to="/praise" {...props} />}
            >
              {t('praise.title')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconMessageQuestion size={17} />}
              onClick={() => onSearch({ ask: true })}
            >
              {t('requests.new')}
            </Button>
            <Button
              leftSection={<IconPencil size={17} />}
              onClick={() => onSearch({ give: 'advice' })}
            >
              {t('feedback.giveAny')}
            </Button>
          </>
        }
      />
      <Tabs
        value={shown}
        mb="lg"
        onChange={(next) => onSearch({ tab: tabs.find((tab) => tab === next) })}
      >
        <Tabs.List aria-label={t('feedback.pageTitle')}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`feedback.tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} pt="lg">
          <Suspense fallback={<RowsSkeleton rows={4} />}>
            {shown === 'requests' ? (
              <RequestLists onSearch={onSearch} />
            ) : (
              <FeedbackIn key={shown} box={shown} onSearch={onSearch} />
            )}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
