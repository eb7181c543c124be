import { Button, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LoadMore } from '@/components/LoadMore'
import { TemplateCard } from './TemplateCard'
import { TemplateFilter } from './TemplateFilter'
import type { Beginning } from './template'
import { useTemplates } from './useTemplates'

interface UseProps {
  template: Beginning
  onUse: (template: Beginning) => void
}

function Use({ template, onUse }: UseProps) {
  const { t } = useTranslation()
  return (
    <Button
      size="xs"
      variant="light"
      aria-label={t('template.use', { title: template.title })}
      onClick={() => onUse(template)}
    >
      {t('common.use')}
    </Button>
  )
}

/** Fills the form of a new goal from a goal that others found good. */
export function TemplatePicker({ onUse }: { onUse: (template: Beginning) => void }) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure()
  const { filter, feed, own, library, isThere } = useTemplates(opened)
  const use = (template: Beginning) => {
    onUse(template)
    close()
  }
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
          <TemplateFilter {...filter} />
          <Text size="xs" c="dimmed">
            {t('template.figures')}
          </Text>
          {isThere && own.length + library.length === 0 && (
            <Text size="sm">{t('template.none')}</Text>
          )}
          <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
            {own.map((template) => (
              <TemplateCard key={template.id} template={template} isOwn>
                <Use template={template} onUse={use} />
              </TemplateCard>
            ))}
            {library.map((template) => (
              <TemplateCard key={template.key} template={template}>
                <Use template={template} onUse={use} />
              </TemplateCard>
            ))}
          </Stack>
          <LoadMore feed={feed} />
        </Stack>
      </Modal>
    </>
  )
}
