import { Badge, Card, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonDetail } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { MomentButton, MomentNote } from '@/components/LookingBack'
import { PageHeader } from '@/components/PageHeader'
import { PersonAvatar } from '@/components/PersonAvatar'
import { PersonLine } from '@/components/PersonLine'
import { StatusBadge } from '@/components/StatusBadge'
import { ManagerLine } from './ManagerLine'
import { PersonActions } from './PersonActions'
import { PersonFacts } from './PersonFacts'
import { personOptions, reportsFeed } from './queries'
import type { PersonDialog } from './search'

interface PersonPageProps {
  personId: string
  dialog: PersonDialog | undefined
  onDialog: (dialog: PersonDialog | undefined) => void
  /** Their goals, brought by the route: features are strangers. */
  goals: ReactNode
  /** What colleagues may write to them, brought by the route as well. */
  acts?: ReactNode
  /** The day that is looked at; none is now. */
  asOf: string | undefined
  onDay: (day: string | undefined) => void
}

function Reports({ person, asOf }: { person: PersonDetail; asOf: string | undefined }) {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(reportsFeed(person.id, asOf))
  const reports = itemsOf(feed.data)
  return (
    <Card>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('person.reports')}</Title>
        {person.all_reports > 0 && (
          <Text size="sm" c="dimmed">
            {t('person.reportCounts', {
              direct: person.direct_reports,
              all: person.all_reports,
            })}
          </Text>
        )}
      </Group>
      {reports.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('person.noReportsTitle')}>
          {t('person.noReportsText', { name: person.given_name })}
        </EmptyState>
      ) : (
        <Stack gap="md">
          {reports.map((report) => (
            <PersonLine key={report.id} person={report} />
          ))}
        </Stack>
      )}
      <LoadMore feed={feed} />
    </Card>
  )
}

function Subtitle({ person }: { person: PersonDetail }) {
  const parts = [person.job_title, person.department?.name, person.location]
  return <Text>{parts.filter(Boolean).join(' · ')}</Text>
}

export function PersonPage(props: PersonPageProps) {
  const { personId, dialog, onDialog, goals, acts, asOf, onDay } = props
  const { t } = useTranslation()
  const { data: person } = useSuspenseQuery(personOptions(personId, asOf))
  return (
    <>
      <Group wrap="nowrap" align="flex-start" gap="lg">
        <PersonAvatar name={person.name} size={68} visibleFrom="xs" mt={2} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <PageHeader
            title={person.name}
            subtitle={<Subtitle person={person} />}
            status={
              <>
                {person.status !== 'active' && <StatusBadge status={person.status} />}
                {person.roles.map(({ role, department }) => (
                  <Badge key={`${role} ${department?.id}`} color="sky">
                    {department
                      ? t(`role.${role}_of`, { department: department.name })
                      : t(`role.${role}`)}
                  </Badge>
                ))}
              </>
            }
            actions={
              <>
                {acts}
                <MomentButton day={asOf} onDay={onDay} />
                {!asOf && <PersonActions person={person} dialog={dialog} onDialog={onDialog} />}
              </>
            }
          />
        </div>
      </Group>
      <MomentNote day={asOf} onDay={onDay} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            {goals}
            <Reports person={person} asOf={asOf} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <Card>
              <Group justify="space-between" mb="md">
                <Title order={2}>{t('person.line')}</Title>
                <Link to="/org-chart" search={{ focus: person.id }} className="row-link no-print">
                  <Text size="sm" c="var(--mantine-color-anchor)" component="span">
                    {t('person.inOrgChart')}
                  </Text>
                </Link>
              </Group>
              <ManagerLine person={person} />
            </Card>
            <PersonFacts person={person} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  )
}
