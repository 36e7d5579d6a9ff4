internal import Dispatch

/// The same work on many things, on all processors.
enum Parallel {
    /// What `body` makes of each element, in their order.
    ///
    /// It is called from several threads at once and must not change anything that they share.
    static func map<Element, Result>(
        _ elements: [Element],
        _ body: (Element) -> Result
    ) -> [Result] {
        var results = [Result?](repeating: nil, count: elements.count)
        unsafe results.withUnsafeMutableBufferPointer { buffer in
            // SAFETY: every index is written by one thread, and the buffer outlives all of them.
            nonisolated(unsafe) let (buffer, elements, body) = unsafe (buffer, elements, body)
            unsafe DispatchQueue.concurrentPerform(iterations: elements.count) { index in
                unsafe buffer[index] = body(elements[index])
            }
        }
        return results.compactMap { $0 }
    }
}
