import { Card, SimpleGrid, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { PersonLine } from '@/components/PersonLine'
import { myTeamFeed } from './queries'

/** Whoever reports to you, and how their goals stand. */
export function TeamPage({ goalsOf }: { goalsOf: (person: Person) => ReactNode }) {
  const { t } = useTranslation()
  const me = useMe()
  const feed = useSuspenseInfiniteQuery(myTeamFeed(me.person.id))
  const team = itemsOf(feed.data)
  return (
    <>
      <PageHeader title={t('team.title')} subtitle={t('team.count', { count: team.length })} />
      {team.length === 0 ? (
        <Card>
          <EmptyState icon={IconUsersGroup} title={t('team.emptyTitle')}>
            {t('team.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          {team.map((person) => (
            <Card key={person.id} component="section" aria-label={person.name}>
              <PersonLine person={person} size={42} textSize="md" />
              {person.direct_reports > 0 && (
                <Text size="xs" c="dimmed" mt={6}>
                  {t('team.reports', { count: person.direct_reports })}
                </Text>
              )}
              <div style={{ marginTop: 14 }}>{goalsOf(person)}</div>
            </Card>
          ))}
        </SimpleGrid>
      )}
      <LoadMore feed={feed} />
    </>
  )
}
