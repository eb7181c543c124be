import { Button, Center } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Feed {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

export function LoadMore({ feed }: { feed: Feed }) {
  const { t } = useTranslation()
  if (!feed.hasNextPage) return null
  return (
    <Center mt="md">
      <Button
        variant="default"
        loading={feed.isFetchingNextPage}
        onClick={() => feed.fetchNextPage()}
      >
        {t('common.showMore')}
      </Button>
    </Center>
  )
}
