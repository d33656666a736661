namespace Transitive
{
    public static class Caller
    {
        public static void Start() => Library.Training.Start();
    }
}
