import Foundation
import System
import Testing

@Suite struct ClockTests {
    @Test func `now is what the C library says`() {
        let before = Int64(time(nil))
        let now = Clock.now()
        #expect((before...Int64(time(nil)) + 1).contains(now))
    }

    @Test func `the monotonic clock counts milliseconds`() {
        let start = Clock.monotonicMilliseconds()
        Clock.sleep(milliseconds: 20)
        let passed = Clock.monotonicMilliseconds() - start
        #expect((19...5000).contains(passed))
    }
}
