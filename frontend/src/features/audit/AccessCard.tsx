import { Button, Card, Drawer, List, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEye, IconHelpCircle } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  explainAccessOptions,
  listViewersInfiniteOptions,
} from '@/api/gen/@tanstack/react-query.gen'
import type { Explanation } from '@/api/gen/types.gen'
import { cursorFeed, itemsOf } from '@/api/paging'
import { ErrorPanel } from '@/components/ErrorPanel'
import { LoadMore } from '@/components/LoadMore'
import { PersonLine } from '@/components/PersonLine'
import { RowsSkeleton } from '@/components/Skeletons'

type Rule = Explanation['rules'][number]

/** A rule in the reader's language; one that this page does not know stands as the API says it. */
function useRuleText() {
  const { t, i18n } = useTranslation()
  return (rule: Rule, whose: 'yours' | 'theirs') => {
    const key = `access.${whose}.${rule.name}`
    return i18n.exists(key) ? t(key as 'access.why') : rule.sentence
  }
}

interface AccessProps {
  resource: string
  id: string
}

function Why({ resource, id }: AccessProps) {
  const { t } = useTranslation()
  const ruleText = useRuleText()
  const explanation = useQuery(explainAccessOptions({ query: { resource, id } }))
  if (explanation.error) return <ErrorPanel error={explanation.error} />
  if (!explanation.data) return <RowsSkeleton rows={2} />
  return (
    <>
      <Text size="sm" mb="xs">
        {t('access.because')}
      </Text>
      <List size="sm" spacing={6}>
        {explanation.data.rules.map((rule) => (
          <List.Item key={rule.name}>{ruleText(rule, 'yours')}</List.Item>
        ))}
      </List>
    </>
  )
}

function Viewers({ resource, id }: AccessProps) {
  const ruleText = useRuleText()
  const viewers = useInfiniteQuery(
    cursorFeed(listViewersInfiniteOptions({ query: { resource, id, limit: 50 } })),
  )
  if (viewers.error) return <ErrorPanel error={viewers.error} />
  if (!viewers.data) return <RowsSkeleton />
  return (
    <>
      <Stack gap="md">
        {itemsOf(viewers.data).map(({ person, rules }) => (
          <PersonLine
            key={person.id}
            person={person}
            note={rules.map((rule) => ruleText(rule, 'theirs')).join(' · ')}
          />
        ))}
      </Stack>
      <LoadMore feed={viewers} />
    </>
  )
}

/** "Why do I see this?" and "who can see this?", answered by the rules themselves. */
export function AccessCard({ resource, id }: AccessProps) {
  const { t } = useTranslation()
  const [asked, why] = useDisclosure()
  const [listed, who] = useDisclosure()
  return (
    <Card className="no-print">
      <Title order={2} mb="xs">
        {t('access.title')}
      </Title>
      <Stack gap={4} align="flex-start">
        <Button
          variant="subtle"
          size="compact-md"
          leftSection={<IconHelpCircle size={17} />}
          aria-expanded={asked}
          onClick={why.toggle}
        >
          {t('access.why')}
        </Button>
        {asked && (
          <div style={{ padding: '4px 10px 8px' }}>
            <Why resource={resource} id={id} />
          </div>
        )}
        <Button
          variant="subtle"
          size="compact-md"
          leftSection={<IconEye size={17} />}
          onClick={who.open}
        >
          {t('access.who')}
        </Button>
      </Stack>
      <Drawer
        opened={listed}
        onClose={who.close}
        size="md"
        title={t('access.who')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {listed && <Viewers resource={resource} id={id} />}
      </Drawer>
    </Card>
  )
}
