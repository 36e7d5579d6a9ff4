internal import CSystem
internal import Helper

exit(Helper.run())
