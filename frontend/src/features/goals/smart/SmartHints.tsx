import { Badge, Box, Button, Card, Collapse, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { IconBulb, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { suggestSmartHints } from '@/api/gen/sdk.gen'
import type { GoalDraft, SmartHint } from '@/api/gen/types.gen'
import type { GoalFields } from '../goalFields'
import { draftOf } from './draft'

const CRITERIA = ['specific', 'measurable', 'achievable', 'relevant', 'time_bound'] as const
const AT_FIRST = 2

function Hint({ hint }: { hint: SmartHint }) {
  const { t } = useTranslation()
  const [more, { toggle }] = useDisclosure()
  return (
    <Box component="li">
      <Group gap={8} wrap="nowrap" align="flex-start">
        <IconBulb size={17} stroke={1.7} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
        <div>
          <Text size="sm">{hint.advice}</Text>
          <Collapse expanded={more}>
            <Text size="xs" c="dimmed" mt={2}>
              {hint.why}
            </Text>
            <Text size="xs" c="dimmed" fs="italic" mt={2}>
              {hint.example}
            </Text>
          </Collapse>
          <Button
            size="compact-xs"
            variant="subtle"
            ml={-8}
            onClick={toggle}
            aria-expanded={more}
            aria-label={`${more ? t('smart.less') : t('smart.more')}: ${hint.advice}`}
          >
            {more ? t('smart.less') : t('smart.more')}
          </Button>
        </div>
      </Group>
    </Box>
  )
}

/** Advice on what is being written, a moment after one stops typing. It never stands in the way. */
export function SmartHints({ fields }: { fields: GoalFields }) {
  const { t, i18n } = useTranslation()
  const [all, { open }] = useDisclosure()
  const [settled] = useDebouncedValue(fields, 600)
  const draft = draftOf(settled, i18n.language as GoalDraft['language'])
  const isBegun = fields.title.trim() !== '' && settled.title.trim() !== ''
  const { data } = useQuery({
    queryKey: ['smart-hints', draft],
    queryFn: async ({ signal }) => (await suggestSmartHints({ body: draft, signal })).data,
    enabled: isBegun,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  if (!data || !isBegun) return null
  const shown = all ? data.hints : data.hints.slice(0, AT_FIRST)
  const rest = data.hints.length - shown.length
  return (
    <Card p="md" shadow="none" component="section" aria-label={t('smart.title')}>
      <Text fw={620} mb={8}>
        {t('smart.title')}
      </Text>
      <Group gap={6} mb="sm">
        {CRITERIA.map((each) => {
          const isMet = data.met.includes(each)
          const Shape = isMet ? IconCircleCheck : IconCircleDashed
          const criterion = t(`smart.criterion.${each}`)
          return (
            <Badge
              key={each}
              color={isMet ? 'leaf' : 'gray'}
              leftSection={<Shape size={13} aria-hidden />}
              title={t(isMet ? 'smart.met' : 'smart.open', { criterion })}
            >
              {criterion}
            </Badge>
          )
        })}
      </Group>
      {data.hints.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('smart.clear')}
        </Text>
      ) : (
        <>
          <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
            {shown.map((hint) => (
              <Hint key={hint.rule} hint={hint} />
            ))}
          </Stack>
          <Group justify="space-between" mt="xs">
            <Text size="xs" c="dimmed">
              {t('smart.some')}
            </Text>
            {rest > 0 && (
              <Button size="compact-xs" variant="subtle" onClick={open}>
                {t('smart.all', { count: rest })}
              </Button>
            )}
          </Group>
        </>
      )}
    </Card>
  )
}
