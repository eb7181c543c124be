import { Button, Card, Group, SimpleGrid, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { OrgChartNode } from '@/api/gen/types.gen'
import { PersonLine } from '@/components/PersonLine'

const AT_FIRST = 12

/** Nobody is hung below somebody by guessing: who has no line stands here until it is known. */
export function Unassigned({ people }: { people: OrgChartNode[] }) {
  const { t } = useTranslation()
  const [all, { toggle }] = useDisclosure()
  if (people.length === 0) return null
  const shown = all ? people : people.slice(0, AT_FIRST)
  return (
    <Card mt="lg" component="section" aria-label={t('orgChart.unassigned')}>
      <Group gap="sm" mb={4}>
        <Title order={2}>{t('orgChart.unassigned')}</Title>
        <Text c="dimmed">{people.length}</Text>
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        {t('orgChart.unassignedHint')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md">
        {shown.map((person) => (
          <PersonLine key={person.id} person={person} />
        ))}
      </SimpleGrid>
      {people.length > AT_FIRST && (
        <Button variant="subtle" size="compact-md" mt="md" onClick={toggle} aria-expanded={all}>
          {t(all ? 'common.showLess' : 'common.showAll', { count: people.length })}
        </Button>
      )}
    </Card>
  )
}
