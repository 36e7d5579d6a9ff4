import Foundation

/// Something that goes on while a test does something else, on a thread of its own: tests block
/// those of the concurrency runtime.
final class Background<Value>: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var result: Result<Value, any Error>?

    init(_ work: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [self] in
            result = Result(catching: work)
            done.signal()
        }
    }

    /// What came of it, once it is over.
    ///
    /// To be asked once.
    func value() throws -> Value {
        done.wait()
        guard let result else { throw Failure("no result") }
        return try result.get()
    }
}
