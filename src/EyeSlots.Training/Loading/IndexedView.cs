using System.Collections;

namespace EyeSlots.Training.Loading;

/// <summary>A list whose items are made when they are asked for, so that a million of them need no memory.</summary>
internal sealed class IndexedView<T>(int count, Func<int, T> at) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index] => at(index);

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < count; index++) yield return at(index);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
