import { Button, Card, Group, Select, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconHeartHandshake, IconInbox, IconShieldCheck } from '@tabler/icons-react'
import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { PersonPicker } from '@/components/PersonPicker'
import { RowsSkeleton } from '@/components/Skeletons'
import { personOptions } from '@/features/people/queries'
import classes from './Feedback.module.css'
import { PraiseCard } from './FeedbackCard'
import { feedbackFeed, valuesOptions } from './queries'
import type { PraiseSearch } from './search'
import { columnsOf, wallQuery } from './wall'

export interface PraisePageProps {
  search: PraiseSearch
  onSearch: (change: Partial<PraiseSearch>) => void
}

function Filters({ search, onSearch }: PraisePageProps) {
  const { t } = useTranslation()
  const { data: values = [] } = useQuery(valuesOptions())
  const person = useQuery({
    ...personOptions(search.person ?? ''),
    enabled: Boolean(search.person),
  })
  return (
    <Group gap="sm" mb="md" role="search" className="no-print">
      {values.length > 0 && (
        <Select
          flex="1 1 180px"
          maw={{ base: undefined, sm: 300 }}
          aria-label={t('praise.value')}
          placeholder={t('praise.value')}
          data={values.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.value ?? null}
          onChange={(value) => onSearch({ value: value ?? undefined })}
          clearable
        />
      )}
      <PersonPicker
        key={person.data?.id ?? search.person ?? 'anybody'}
        flex="1 1 180px"
        maw={{ base: undefined, sm: 300 }}
        aria-label={t('praise.person')}
        placeholder={t('praise.person')}
        value={search.person ? (person.data ?? null) : null}
        onChange={(chosen) => onSearch({ person: chosen?.id })}
      />
    </Group>
  )
}

/** Two columns where there is room, in the order of one. */
function Columns({ praise }: { praise: Feedback[] }) {
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  return (
    <Group align="flex-start" gap="lg" wrap="nowrap">
      {columnsOf(praise, isWide ? 2 : 1).map((column) => (
        <ul key={column.place} className={classes.wall}>
          {column.items.map((one) => (
            <li key={one.id}>
              <PraiseCard feedback={one} />
            </li>
          ))}
        </ul>
      ))}
    </Group>
  )
}

function Wall({ search, onSearch }: PraisePageProps) {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(feedbackFeed(wallQuery(search)))
  const praise = itemsOf(feed.data)
  const isNarrowed = Boolean(search.value || search.person)
  if (praise.length > 0) {
    return (
      <>
        <Columns praise={praise} />
        <LoadMore feed={feed} />
      </>
    )
  }
  if (search.show === 'reported' && !isNarrowed) {
    return (
      <Card>
        <EmptyState icon={IconShieldCheck} title={t('moderation.noneTitle')}>
          {t('moderation.noneText')}
        </EmptyState>
      </Card>
    )
  }
  if (search.show === 'hidden' || isNarrowed) {
    return (
      <Card>
        <EmptyState
          icon={IconHeartHandshake}
          title={t(isNarrowed ? 'praise.nothingFound' : 'praise.nothingHidden')}
          action={
            isNarrowed && (
              <Button
                variant="default"
                onClick={() => onSearch({ value: undefined, person: undefined })}
              >
                {t('praise.showAll')}
              </Button>
            )
          }
        >
          {t(isNarrowed ? 'praise.nothingFoundText' : 'praise.nothingHiddenText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card>
      <EmptyState
        icon={IconHeartHandshake}
        title={t('praise.emptyTitle')}
        example={t('praise.emptyExample')}
        action={<Button onClick={() => onSearch({ give: true })}>{t('praise.give')}</Button>}
      >
        {t('praise.emptyText')}
      </EmptyState>
    </Card>
  )
}

/** Where everybody sees what people here thank each other for. */
export function PraisePage({ search, onSearch }: PraisePageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const shown = may(me, 'moderate_feedback') ? (search.show ?? 'wall') : 'wall'
  return (
    <>
      <PageHeader
        title={t('praise.title')}
        subtitle={t('praise.subtitle')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconInbox size={17} />}
              renderRoot={(props) => <Link to="/feedback" {...props} />}
            >
              {t('praise.yours')}
            </Button>
            <Button
              leftSection={<IconHeartHandshake size={17} />}
              onClick={() => onSearch({ give: true })}
            >
              {t('praise.give')}
            </Button>
          </>
        }
      />
      {may(me, 'moderate_feedback') && (
        <Tabs
          value={shown}
          mb="md"
          className="no-print"
          onChange={(next) =>
            onSearch({ show: next === 'wall' ? undefined : (next as PraiseSearch['show']) })
          }
        >
          <Tabs.List aria-label={t('praise.title')}>
            {(['wall', 'reported', 'hidden'] as const).map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`praise.tab.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <Filters search={search} onSearch={onSearch} />
      <Suspense fallback={<RowsSkeleton rows={4} />}>
        <Wall search={search} onSearch={onSearch} />
      </Suspense>
    </>
  )
}
