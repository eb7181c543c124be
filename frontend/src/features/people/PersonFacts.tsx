import { Anchor, Card, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonDetail } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'
import classes from './PersonFacts.module.css'

/** What is known of a person, as far as it is for these eyes. */
export function PersonFacts({ person }: { person: PersonDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { employment } = person
  const facts: [string, ReactNode][] = [
    [
      t('people.email'),
      person.email && <Anchor href={`mailto:${person.email}`}>{person.email}</Anchor>,
    ],
    [t('people.department'), person.department?.name],
    [t('people.teams'), person.teams.map((team) => team.name).join(', ')],
    [t('people.location'), person.location],
    [t('people.hiredOn'), employment?.hired_on && format.date(employment.hired_on)],
    [t('people.leftOn'), employment?.left_on && format.date(employment.left_on)],
    [t('people.employmentType'), employment?.employment_type],
    [t('people.externalId'), person.external_id],
    ...Object.entries(employment?.attributes ?? {}).map(([name, value]): [string, ReactNode] => [
      name.replaceAll('_', ' '),
      value,
    ]),
  ]
  const known = facts.filter(([, value]) => value)
  return (
    <Card>
      <Title order={2} mb="md">
        {t('person.facts')}
      </Title>
      <dl className={classes.facts}>
        {known.map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm">
              {value}
            </Text>
          </div>
        ))}
      </dl>
      {known.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('person.noFacts')}
        </Text>
      )}
    </Card>
  )
}
