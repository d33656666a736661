Console.WriteLine("aiguardrails");
