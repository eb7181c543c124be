import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { IconSearch, IconTemplate, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import {
  getGoalTemplateLibraryOptions,
  listGoalTemplatesOptions,
  listGoalTemplatesQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { addGoalTemplate, removeGoalTemplate } from '@/api/gen/sdk.gen'
import type { GoalTemplate, LibraryTemplate } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { toastUndo } from '@/components/toasts'
import { TemplateMeasures } from './TemplateMeasures'
import { type Beginning, FUNCTIONS } from './template'

function RemoveTemplate({ template }: { template: GoalTemplate }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [key] }) =>
        (key as { _id?: string } | undefined)?._id === listGoalTemplatesQueryKey()[0]._id,
    })
  const restore = useMutation({
    mutationFn: () => {
      const { function: fn, language, title, description, key_results } = template
      return addGoalTemplate({ body: { function: fn, language, title, description, key_results } })
    },
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: () =>
      removeGoalTemplate({
        path: { goal_template_id: template.id },
        headers: ifMatch(tagOf(template)),
      }),
    onSuccess: () =>
      toastUndo(t('template.removed'), t('common.undo'), () => {
        restore.mutate()
      }),
    onSettled: refresh,
  })
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      loading={remove.isPending}
      aria-label={t('template.remove', { title: template.title })}
      onClick={() => remove.mutate()}
    >
      <IconTrash size={17} stroke={1.7} />
    </ActionIcon>
  )
}

interface TemplateCardProps {
  template: Beginning
  own?: GoalTemplate
  onUse: (template: Beginning) => void
}

function TemplateCard({ template, own, onUse }: TemplateCardProps) {
  const { t } = useTranslation()
  return (
    <Card component="li" p="md" shadow="none">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            {template.title}
          </Text>
          <Group gap={6} mt={4}>
            <Badge size="sm" color="gray">
              {t(`template.functions.${template.function}`)}
            </Badge>
            {own && (
              <Badge size="sm" color="brand">
                {t('template.own')}
              </Badge>
            )}
          </Group>
        </div>
        <Group gap={4} wrap="nowrap">
          {own && may(own, 'remove') && <RemoveTemplate template={own} />}
          <Button
            size="xs"
            variant="light"
            aria-label={t('template.use', { title: template.title })}
            onClick={() => onUse(template)}
          >
            {t('common.use')}
          </Button>
        </Group>
      </Group>
      <TemplateMeasures measures={template.key_results} />
    </Card>
  )
}

/** Fills the form of a new goal from a goal that others found good. */
export function TemplatePicker({ onUse }: { onUse: (template: Beginning) => void }) {
  const { t, i18n } = useTranslation()
  const [opened, { open, close }] = useDisclosure()
  const [words, setWords] = useState('')
  const [fn, setFn] = useState<Beginning['function'] | null>(null)
  const [asked] = useDebouncedValue(words.trim(), 200)
  const query = { function: fn ?? undefined, q: asked || undefined }
  const common = { enabled: opened, placeholderData: keepPreviousData }
  const own = useQuery({
    ...listGoalTemplatesOptions({ query: { ...query, limit: 100 } }),
    ...common,
  })
  const language = i18n.language as GoalTemplate['language']
  const library = useQuery({
    ...getGoalTemplateLibraryOptions({ query: { ...query, language } }),
    ...common,
  })
  const use = (template: Beginning) => {
    onUse(template)
    close()
  }
  const theirs: GoalTemplate[] = own.data?.items ?? []
  const ours: LibraryTemplate[] = library.data?.items ?? []
  return (
    <>
      <Button
        variant="light"
        leftSection={<IconTemplate size={17} stroke={1.7} />}
        onClick={open}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('template.from')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('template.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Group grow align="flex-end">
            <TextInput
              data-autofocus
              aria-label={t('template.search')}
              placeholder={t('template.search')}
              leftSection={<IconSearch size={16} aria-hidden />}
              maxLength={200}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <Select
              clearable
              aria-label={t('template.function')}
              placeholder={t('template.everyFunction')}
              data={FUNCTIONS.map((value) => ({ value, label: t(`template.functions.${value}`) }))}
              value={fn}
              onChange={(value) => setFn(value as typeof fn)}
            />
          </Group>
          <Text size="xs" c="dimmed">
            {t('template.figures')}
          </Text>
          {library.data && theirs.length + ours.length === 0 && (
            <Text size="sm">{t('template.none')}</Text>
          )}
          <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
            {theirs.map((template) => (
              <TemplateCard key={template.id} template={template} own={template} onUse={use} />
            ))}
            {ours.map((template) => (
              <TemplateCard key={template.key} template={template} onUse={use} />
            ))}
          </Stack>
        </Stack>
      </Modal>
    </>
  )
}
